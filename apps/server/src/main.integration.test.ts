import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { adminQuery } from '@sarai/db/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
/** A first start makes a database server and two businesses. */
const START_TIMEOUT_MS = 120_000
const TEST_TIMEOUT_MS = 300_000

let dataDir: string
const children: ChildProcess[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sarai-main-'))
})

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  }
  await rm(dataDir, { recursive: true })
})

interface Run {
  child: ChildProcess
  /** What people read. */
  said(): string
  /** What machines read, line by line. */
  logged(): Record<string, unknown>[]
  exited: Promise<number | null>
  /** The address, once it answers. */
  ready(): Promise<string>
}

function start(env: Record<string, string> = {}): Run {
  const { PATH } = process.env
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...(PATH === undefined ? {} : { PATH }),
      PORT: '0',
      DATA_DIR: dataDir,
      TENANT_SPARES_MAX: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let said = ''
  let logged = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  child.stdout.on('data', (chunk) => (logged += String(chunk)))
  const exited = once(child, 'close').then(([code]) => code as number | null)
  return {
    child,
    said: () => said,
    logged: () =>
      logged.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Record<string, unknown>] : [])),
    exited,
    async ready() {
      const found = () => /Sarai is ready: (\S+)/.exec(said)?.[1]
      await expect.poll(() => found() ?? child.exitCode, { timeout: START_TIMEOUT_MS }).not.toBeNull()
      const address = found()
      if (address === undefined) throw new Error(`it did not start: ${said}`)
      return address
    },
  }
}

async function serverPid(): Promise<number> {
  return (JSON.parse(await readFile(join(dataDir, 'mariadb/server.json'), 'utf8')) as { pid: number }).pid
}

/** One that has ended and waits only for init to notice (a zombie) is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const status = `/proc/${pid}/stat`
  return !existsSync(status) || !/\) Z /.test(readFileSync(status, 'utf8'))
}

async function post(
  url: string,
  { body, cookie = '' }: { body: object; cookie?: string },
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })
}

async function signIn(address: string): Promise<string> {
  const response = await post(`${address}/api/auth/sign-in/email`, {
    body: { email: 'owner@rabin.test', password: 'sarai-demo' },
  })
  expect(response.status).toBe(200)
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

describe('the whole server', { timeout: TEST_TIMEOUT_MS }, () => {
  test('starts from nothing, says how to sign in, drains on SIGTERM and leaves no database server', async () => {
    const run = start()
    const address = await run.ready()
    expect(run.said()).toMatch(/^Starting the private database server$/m)
    expect(run.said()).toMatch(/password sarai-demo/)
    expect(run.said()).toMatch(/owner@rabin\.test .* owner/)
    expect((await stat(join(dataDir, 'app-secret'))).mode & 0o777).toBe(0o600)
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
    const info = await fetch(`${address}/api/internal/tenant-info?tenant_key=rabin`)
    expect(await info.json()).toMatchObject({ tenantKey: 'rabin', status: 'active' })

    const cookie = await signIn(address)
    const stream = await fetch(`${address}/t/rabin/trpc/chat.changes?input=%7B%7D`, { headers: { cookie } })
    const events = stream.text()
    const pid = await serverPid()
    run.child.kill('SIGTERM')
    expect(await run.exited).toBe(0)
    expect(await events).toMatch(/retry: \d+\n\n$/)
    expect(isAlive(pid)).toBe(false)
  })

  test('killed outright, it starts again with its data, and the database server it left behind is no obstacle', async () => {
    const first = start()
    const address = await first.ready()
    const cookie = await signIn(address)
    const name = 'Made before the crash'
    const made = await post(`${address}/t/rabin/trpc/customer.create`, { body: { name }, cookie })
    expect(made.status).toBe(200)
    const orphan = await serverPid()
    first.child.kill('SIGKILL')
    await first.exited
    expect(isAlive(orphan)).toBe(true)

    const second = start()
    const again = await second.ready()
    expect(isAlive(orphan)).toBe(false)
    const input = encodeURIComponent(JSON.stringify({ search: name }))
    const found = await fetch(`${again}/t/rabin/trpc/customer.list?input=${input}`, { headers: { cookie } })
    expect(found.status).toBe(200)
    expect(await found.json()).toMatchObject({ result: { data: { items: [{ name }] } } })
    const pid = await serverPid()
    second.child.kill('SIGINT')
    expect(await second.exited).toBe(0)
    expect(isAlive(pid)).toBe(false)
  })

  test('logs one line for each request, with tenant, path and request id, and no secret', async () => {
    const run = start()
    const address = await run.ready()
    const cookie = await signIn(address)
    const headers = { cookie, 'x-request-id': 'trace-12345678' }
    await fetch(
      `${address}/t/rabin/trpc/customer.list?input=${encodeURIComponent('{"search":"Amina Private"}')}`,
      { headers },
    )
    run.child.kill('SIGTERM')
    await run.exited
    const lines = run.logged().filter(({ requestId }) => requestId === 'trace-12345678')
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'info',
        msg: 'request',
        tenant: 'rabin',
        path: '/t/rabin/trpc/customer.list',
        method: 'GET',
        status: 200,
        durationMs: expect.any(Number),
      }),
    ])
    const everything = JSON.stringify(run.logged())
    for (const secret of [
      'sarai-demo',
      cookie.split('=')[1] ?? cookie,
      'Amina Private',
      'owner@rabin.test',
    ]) {
      expect(everything).not.toContain(secret)
    }
    const [secret, password] = await Promise.all(
      ['app-secret', 'mariadb/admin-password'].map((file) => readFile(join(dataDir, file), 'utf8')),
    )
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain(password)
  })

  test('runs on a server that is there already, without the demo, and leaves it running', async () => {
    const { user, password, host, port } = inject('saraiServer')
    const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
    const run = start({
      DATABASE_URL: `mysql://${login}@${host}:${port}`,
      APP_SECRET: 'a secret for tests, long enough to be taken',
    })
    const address = await run.ready()
    expect(run.said()).not.toContain('sarai-demo')
    expect((await fetch(`${address}/api/internal/tenant-info?tenant_key=rabin`)).status).toBe(404)
    run.child.kill('SIGTERM')
    expect(await run.exited).toBe(0)
    await adminQuery(inject('saraiServer'), 'DROP DATABASE sarai')
    await adminQuery(inject('saraiServer'), "DROP USER 'sarai_app'@'%'")
  })
})

describe('a start that cannot work', { timeout: TEST_TIMEOUT_MS }, () => {
  async function refusalOf(env: Record<string, string>): Promise<string> {
    const run = start(env)
    expect(await run.exited).toBe(1)
    expect(run.said()).not.toMatch(/\n\s+at /)
    await expect(stat(join(dataDir, 'mariadb/server.json'))).rejects.toThrow('no such file')
    return run.said().trim()
  }

  test('names the variable that is wrong, in one line', async () => {
    expect(await refusalOf({ POOL_IDLE_MS: 'soon' })).toMatch(/^POOL_IDLE_MS must be a whole number.*$/)
  })

  test('says in one sentence that the port is taken', async () => {
    const other = createServer()
    other.listen({ host: '127.0.0.1', port: 0 })
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    try {
      expect(await refusalOf({ PORT: String(port) })).toMatch(new RegExp(`^Port ${port} is in use\\..*$`))
    } finally {
      other.close()
    }
  })

  test('says in one sentence that the data folder cannot be written', async () => {
    await writeFile(join(dataDir, 'file'), '')
    expect(await refusalOf({ DATA_DIR: join(dataDir, 'file') })).toMatch(
      /^The data folder cannot be written .*$/,
    )
  })

  test('says in one sentence that the given server does not answer, without its password', async () => {
    const said = await refusalOf({
      DATABASE_URL: 'mysql://root:hunter2@127.0.0.1:1',
      APP_SECRET: 'a secret for tests, long enough to be taken',
    })
    expect(said.split('\n').at(-1)).toMatch(/^The database server does not answer/)
    expect(said).not.toContain('hunter2')
  })

  test('a second server on the same data says that there is one', async () => {
    const first = start({ SARAI_DEMO: '0' })
    await first.ready()
    const second = start({ SARAI_DEMO: '0' })
    expect(await second.exited).toBe(1)
    expect(second.said()).toContain('running already')
    expect(first.child.exitCode).toBeNull()
  })
})
