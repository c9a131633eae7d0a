import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { adminQuery } from '../testing.ts'
import { findServerProgram } from './server-program.ts'
import { type PrivateServer, SOCKET_PATH_BYTES_MAX, startPrivateServer } from './private-server.ts'
import { endProcess, identifyProcess } from './process-identity.ts'

let dataDir: string
const started: PrivateServer[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sarai-server-'))
})

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()))
  await rm(dataDir, { recursive: true, force: true })
})

async function start(folder = dataDir, lines: string[] = []): Promise<PrivateServer> {
  const server = await startPrivateServer({ dataDir: folder, onProgress: (line) => lines.push(line) })
  started.push(server)
  return server
}

/** A process that starts a server on the folder, says so before or after, and waits to be killed. */
async function startInChild(folder: string, says: 'before' | 'after' = 'after') {
  const code = `
    process.on('SIGTERM', () => process.exit())
    const { startPrivateServer } = await import(${JSON.stringify(join(import.meta.dirname, 'private-server.ts'))})
    if (${says === 'before'}) console.log('starting')
    const server = await startPrivateServer({ dataDir: ${JSON.stringify(folder)} })
    if (${says === 'after'}) console.log(server.pid)
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [text] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, serverPid: Number(text.toString()) }
}

describe('the private server', () => {
  test('serves on loopback only, over its own socket, in utf8mb4 and UTC, without looking names up', async () => {
    const { admin } = await start()
    expect(admin.host).toBe('127.0.0.1')
    const [row] = await adminQuery(
      admin,
      `SELECT @@bind_address AS address, @@skip_name_resolve AS noNames, @@character_set_server AS charset,
        @@time_zone AS zone, @@innodb_flush_log_at_trx_commit AS flush, @@socket AS socket, @@tmpdir AS temporary`,
    )
    expect(row).toEqual({
      address: '127.0.0.1',
      noNames: 1,
      charset: 'utf8mb4',
      zone: '+00:00',
      flush: 1,
      socket: admin.socketPath,
      // A server deletes the temporary tables of others in a shared folder when it starts.
      temporary: join(dataDir, 'mariadb', 'tmp'),
    })
  })

  test('lets the administrator in by socket and by port, and nobody without a password', async () => {
    const { admin } = await start()
    const { socketPath: _, ...byPort } = admin
    expect(await adminQuery(byPort, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    for (const user of ['', 'root', admin.user]) {
      await expect(adminQuery({ ...byPort, user, password: '' }, 'SELECT 1'), user).rejects.toThrow(
        /refuses the login/,
      )
    }
  })

  test('keeps its data, port and password over a restart, readable by its owner alone', async () => {
    const first = await start()
    await adminQuery(first.admin, 'CREATE DATABASE kept')
    await first.stop()
    const second = await start()
    expect(second.admin).toEqual(first.admin)
    expect(await adminQuery(second.admin, "SHOW DATABASES LIKE 'kept'")).toHaveLength(1)
    const root = join(dataDir, 'mariadb')
    expect((await stat(root)).mode & 0o777).toBe(0o700)
    expect((await stat(join(root, 'admin-password'))).mode & 0o777).toBe(0o600)
    expect(existsSync(join(root, 'init.sql'))).toBe(false)
  })

  test('a lost password file costs nothing: another password is made', async () => {
    const first = await start()
    await first.stop()
    await rm(join(dataDir, 'mariadb', 'admin-password'))
    const second = await start()
    expect(second.admin.password).not.toBe(first.admin.password)
    expect(await adminQuery(second.admin, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('a first start that was cut off is begun again', async () => {
    const unfinished = join(dataDir, 'mariadb', 'data.unfinished-abc123')
    await mkdir(unfinished, { recursive: true })
    await writeFile(join(unfinished, 'ibdata1'), 'half')
    const { admin } = await start()
    expect(await adminQuery(admin, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(existsSync(unfinished)).toBe(false)
  })

  test('used to fail when what was cut off was still writing: a start killed at any moment hinders no later one', async () => {
    for (const delayMs of [0, 20, 60, 150, 400]) {
      const { child } = await startInChild(dataDir, 'before')
      await sleep(delayMs)
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const { admin } = await start()
    expect(await adminQuery(admin, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('used to leave a server that nobody knew of: none runs before it is written down which one', async () => {
    const inTheWay = join(dataDir, 'mariadb', 'server.json')
    await mkdir(inTheWay, { recursive: true })
    await expect(start()).rejects.toMatchObject({ code: 'EISDIR' })
    await rm(inTheWay, { recursive: true })
    const lines: string[] = []
    const { admin } = await start(dataDir, lines)
    expect(lines).not.toContain('Stopping the database server that an earlier run left behind')
    expect(await adminQuery(admin, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('an orphan that does not heed the signal to stop is ended all the same', async () => {
    const deaf = spawn('/bin/sh', ['-c', "trap '' TERM; echo deaf; while :; do sleep 0.1; done"], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(deaf.stdout, 'data')
    const identity = identifyProcess(deaf.pid ?? 0)
    if (!identity) throw new Error('the process is not there')
    expect(await endProcess(identity, 'SIGTERM', 100)).toBe(false)
    expect(await endProcess(identity, 'SIGKILL', 30_000)).toBe(true)
  })

  test('stopping leaves no process, no lock and no socket behind, and may be asked for twice', async () => {
    const server = await start()
    await Promise.all([server.stop(), server.stop()])
    expect(identifyProcess(server.pid)).toBeUndefined()
    const left = await readdir(join(dataDir, 'mariadb'))
    expect(left.toSorted()).toEqual(['admin-password', 'data', 'error.log', 'port', 'socket-path', 'tmp'])
  })

  test('one that a killed process left behind is stopped in order, and the next start has its data', async () => {
    const { child, serverPid } = await startInChild(dataDir)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(identifyProcess(serverPid)).toBeDefined()
    const lines: string[] = []
    const server = await start(dataDir, lines)
    expect(lines).toContain('Stopping the database server that an earlier run left behind')
    expect(identifyProcess(serverPid)).toBeUndefined()
    expect(await adminQuery(server.admin, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('a second start on the same data is refused while the first lives, and the first goes on', async () => {
    const { admin } = await start()
    await expect(start()).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
      message: expect.stringContaining(dataDir),
    })
    expect(await adminQuery(admin, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('of many starts at once, over a lock that a crash left, exactly one wins', async () => {
    const root = join(dataDir, 'mariadb')
    await mkdir(root)
    await writeFile(join(root, 'start.lock'), JSON.stringify({ pid: process.pid, startedAt: 'long ago' }))
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => start()))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('Ctrl-C reaches us and not the server: it is in a process group of its own', async () => {
    const { pid } = await start()
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ')
    expect(Number(fields[2])).toBe(pid)
  })

  test('a process that just exits takes its server with it', async () => {
    const { child, serverPid } = await startInChild(dataDir)
    child.kill('SIGTERM')
    await once(child, 'exit')
    await vi.waitFor(() => expect(identifyProcess(serverPid)).toBeUndefined(), { timeout: 30_000 })
  })

  test('a folder too deep for a socket path gets its socket elsewhere', async () => {
    const deep = join(dataDir, 'x'.repeat(SOCKET_PATH_BYTES_MAX))
    const { admin } = await start(deep)
    expect(Buffer.byteLength(admin.socketPath ?? '')).toBeLessThanOrEqual(SOCKET_PATH_BYTES_MAX)
    expect(await adminQuery(admin, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('another port is taken if somebody else has ours now', async () => {
    const first = await start()
    await first.stop()
    const squatter = createServer().listen(first.admin.port, '127.0.0.1')
    await once(squatter, 'listening')
    try {
      const second = await start()
      expect(second.admin.port).not.toBe(first.admin.port)
    } finally {
      squatter.close()
    }
  })

  test('a folder that cannot be made says so and names DATA_DIR', async () => {
    const file = join(dataDir, 'a-file')
    await writeFile(file, '')
    await expect(start(file)).rejects.toMatchObject({
      code: 'FOLDER_NOT_WRITABLE',
      message: expect.stringContaining('DATA_DIR'),
    })
  })

  test.runIf(process.getuid?.() === 0)('a read-only folder says so, to a user who is not root', async () => {
    await chmod(dataDir, 0o555)
    const code = `
      const { startPrivateServer } = await import(${JSON.stringify(join(import.meta.dirname, 'private-server.ts'))})
      process.setuid(65534)
      await startPrivateServer({ dataDir: ${JSON.stringify(dataDir)} }).catch((error) => console.log(error.code))`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [text] = (await once(child.stdout, 'data')) as [Buffer]
    expect(text.toString().trim()).toBe('FOLDER_NOT_WRITABLE')
  })

  test('a server that does not start shows the end of its own log, and frees the folder', async () => {
    const settings = ['--no-such-setting']
    await expect(startPrivateServer({ dataDir, settings })).rejects.toMatchObject({
      code: 'START_FAILED',
      message: expect.stringContaining('no-such-setting'),
    })
    expect((await start()).pid).toBeGreaterThan(0)
  })

  test('without mariadbd the error says which command installs it', async () => {
    await expect(findServerProgram(['/nowhere/mariadbd', 'no-such-mariadbd'])).rejects.toMatchObject({
      code: 'SERVER_MISSING',
      installCommand: expect.stringMatching(/mariadb/),
    })
  })
})
