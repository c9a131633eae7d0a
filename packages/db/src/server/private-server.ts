import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import type { ServerAddress } from './address.ts'
import {
  ADMIN_USER,
  choosePort,
  ensureAdminPassword,
  ensureDataFolder,
  HOST,
  keepSocketPath,
  lastLines,
  runAsArguments,
} from './data-folder.ts'
import { PrivateServerError } from './private-server-error.ts'
import { endProcess, identifyProcess, isRunning } from './process-identity.ts'
import { findServerProgram, type ServerProgram } from './server-program.ts'
import { parseIdentity, takeStartLock } from './start-lock.ts'

export { PrivateServerError } from './private-server-error.ts'

/** sockaddr_un.sun_path holds 108 bytes with the closing zero (104 on macOS, where the port is used in doubt). */
export const SOCKET_PATH_BYTES_MAX = 107
/** Crash recovery of a large data folder takes minutes, a first start a second. */
const READY_TIMEOUT_MS = 180_000
const READY_POLL_MS = 30
const STOP_TIMEOUT_MS = 60_000
/** A server that has only begun to start can lose the signal: it is sent again until the server has gone. */
const STOP_AGAIN_MS = 1_000
/** A server may never heed it. Every commit is on disk, so one that is killed loses nothing but the time to recover. */
const ORPHAN_STOP_TIMEOUT_MS = 20_000

/** Small machine, many tenants of a dozen tables each; every commit is on disk before it is answered. */
const SETTINGS = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--skip-log-bin',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_unicode_520_ci',
  '--default-time-zone=+00:00',
  '--max-connections=100',
  '--max-allowed-packet=16M',
  '--innodb-buffer-pool-size=128M',
  '--innodb-log-file-size=64M',
  '--table-open-cache=4000',
  '--table-definition-cache=4000',
  '--key-buffer-size=1M',
  '--aria-pagecache-buffer-size=8M',
  '--performance-schema=OFF',
]

export interface PrivateServerOptions {
  /** DATA_DIR. The server lives in its folder `mariadb` and touches nothing else. */
  dataDir: string
  /** One line for each step that takes a moment. */
  onProgress?: ((line: string) => void) | undefined
  /** More arguments for mariadbd, after ours, so that they win. */
  settings?: readonly string[] | undefined
}

export interface PrivateServer {
  /** For openDatabase: loopback, own socket, an account that may do everything. */
  readonly admin: ServerAddress
  readonly pid: number
  /** Lets the server shut down in order and waits for it. A second call waits for the first. */
  readonly stop: () => Promise<void>
}

/**
 * Starts a mariadbd of our own on `<dataDir>/mariadb`, making it first if needed.
 *
 * The server runs in its own process group, so that Ctrl-C in a terminal reaches us and not it; it is asked to
 * stop when this process exits. One that a crash (kill -9) of an earlier process left running on the same folder
 * is shut down in order first. The administrator's password is made once and kept in `admin-password` (mode 600).
 *
 * @throws PrivateServerError SERVER_MISSING with the command that installs it, FOLDER_NOT_WRITABLE,
 * ALREADY_RUNNING, INIT_FAILED, START_FAILED with the end of the server's own log.
 */
export async function startPrivateServer(options: PrivateServerOptions): Promise<PrivateServer> {
  const root = await openRoot(resolve(options.dataDir, 'mariadb'))
  const program = await findServerProgram()
  const lock = takeStartLock(root)
  if (!lock) {
    throw new PrivateServerError(
      'ALREADY_RUNNING',
      `Sarai is running already with the data in ${dirname(root)}.`,
    )
  }
  try {
    await stopOrphan(root, options)
    options.onProgress?.('Starting the private database server')
    return await launch({ root, program, options, release: lock.release })
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openRoot(root: string): Promise<string> {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 })
    await chmod(root, 0o700)
    const probe = join(root, `.write-${process.pid}`)
    await writeFile(probe, '')
    await rm(probe)
    return root
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new PrivateServerError(
      'FOLDER_NOT_WRITABLE',
      `The data folder cannot be written (${why}). Make it writable for this user, or choose another with DATA_DIR.`,
      { cause },
    )
  }
}

/** The server that a process which was killed outright left behind still holds the files. */
async function stopOrphan(root: string, { onProgress }: PrivateServerOptions): Promise<void> {
  const orphan = parseIdentity(await readFile(join(root, 'server.json'), 'utf8').catch(() => ''))
  if (!orphan || !isRunning(orphan)) return
  onProgress?.('Stopping the database server that an earlier run left behind')
  if (await endProcess(orphan, 'SIGTERM', ORPHAN_STOP_TIMEOUT_MS)) return
  if (await endProcess(orphan, 'SIGKILL', ORPHAN_STOP_TIMEOUT_MS)) return
  throw new PrivateServerError(
    'START_FAILED',
    `A database server of an earlier run (process ${orphan.pid}) does not stop. End it, then start again.`,
  )
}

interface Launch {
  root: string
  program: ServerProgram
  options: PrivateServerOptions
  release: () => void
}

async function launch({ root, program, options, release }: Launch): Promise<PrivateServer> {
  const dataFolder = await ensureDataFolder(root, program)
  const temporary = await openTemporaryFolder(root)
  const password = await ensureAdminPassword(root)
  const initFile = await writeInitFile(root, password)
  const socketPath = await chooseSocketPath(root)
  await keepSocketPath(root, socketPath)
  const port = await choosePort(root)
  const child = await spawnServer(root, program, [
    '--no-defaults',
    `--datadir=${dataFolder}`,
    `--tmpdir=${temporary}`,
    `--socket=${socketPath}`,
    `--port=${port}`,
    `--pid-file=${join(root, 'mariadbd.pid')}`,
    `--init-file=${initFile}`,
    ...runAsArguments(),
    ...SETTINGS,
    ...(options.settings ?? []),
  ])
  const admin = { host: HOST, port, socketPath, user: ADMIN_USER, password }
  const stop = makeStop(child, async () => {
    if (dirname(socketPath) !== root) await rm(dirname(socketPath), { recursive: true, force: true })
    await rm(join(root, 'server.json'), { force: true })
    release()
  })
  try {
    await waitUntilReady({ child, admin, root })
  } catch (error) {
    await stop()
    throw error
  } finally {
    await rm(initFile, { force: true })
  }
  return { admin, pid: child.pid ?? 0, stop }
}

/** A server deletes others' temporary tables when it starts: two of them must not share the system's folder. */
async function openTemporaryFolder(root: string): Promise<string> {
  const folder = join(root, 'tmp')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  return folder
}

/** Run by the server at each start before it listens: the account always has the password that the file says. */
async function writeInitFile(root: string, password: string): Promise<string> {
  const path = join(root, 'init.sql')
  const lines = ["'localhost'", "'127.0.0.1'"].flatMap((host) => [
    `CREATE USER IF NOT EXISTS '${ADMIN_USER}'@${host};`,
    `ALTER USER '${ADMIN_USER}'@${host} IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON *.* TO '${ADMIN_USER}'@${host} WITH GRANT OPTION;`,
  ])
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 })
  return path
}

async function chooseSocketPath(root: string): Promise<string> {
  const path = join(root, 'mariadbd.sock')
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES_MAX) return path
  return join(await mkdtemp(join(tmpdir(), 'sarai-')), 'mariadbd.sock')
}

/**
 * No server runs that `server.json` does not name: the shell waits until the file is written, then becomes the server,
 * with the same process id. If we are killed in between, it reads the end of its input instead and leaves.
 */
const WAIT_THEN_BECOME = 'read -r go && exec "$0" "$@" </dev/null'

async function spawnServer(root: string, program: ServerProgram, args: string[]): Promise<ChildProcess> {
  const log = join(root, 'error.log')
  await rename(log, `${log}.1`).catch(() => undefined)
  const output = openSync(log, 'a', 0o600)
  const child = spawn('/bin/sh', ['-c', WAIT_THEN_BECOME, program.path, ...args], {
    detached: true,
    stdio: ['pipe', output, output],
  })
  closeSync(output)
  // One that ended early closes the pipe; its exit is what is waited for.
  child.stdin?.on('error', () => undefined)
  try {
    const identity = child.pid === undefined ? undefined : identifyProcess(child.pid)
    writeFileSync(join(root, 'server.json'), JSON.stringify(identity ?? {}))
    child.stdin?.write('go\n')
  } finally {
    child.stdin?.end()
  }
  child.unref()
  return child
}

function makeStop(child: ChildProcess, cleanUp: () => Promise<void>): () => Promise<void> {
  const onExit = () => child.kill('SIGTERM')
  process.on('exit', onExit)
  let stopped: Promise<void> | undefined
  return () =>
    (stopped ??= stopChild(child)
      .then(cleanUp)
      .finally(() => process.off('exit', onExit)))
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  // Referenced again, or a process with nothing else to do would leave before the server has gone.
  child.ref()
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const again = setInterval(() => child.kill('SIGTERM'), STOP_AGAIN_MS)
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await gone
  clearInterval(again)
  clearTimeout(timer)
}

async function waitUntilReady(starting: {
  child: ChildProcess
  admin: ServerAddress
  root: string
}): Promise<void> {
  const { child, admin, root } = starting
  const { socketPath = '', user, password } = admin
  let failure: unknown
  child.once('error', (error) => (failure = error))
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await sleep(READY_POLL_MS)) {
    if (failure !== undefined || child.exitCode !== null || child.signalCode !== null) break
    const connection = await createConnection({ socketPath, user, password }).catch(
      (error: unknown) => void (failure = keepFatal(error)),
    )
    if (connection) return connection.end()
  }
  const log = await readFile(join(root, 'error.log'), 'utf8').catch(() => '')
  throw new PrivateServerError(
    'START_FAILED',
    `The private database server did not start. The end of ${join(root, 'error.log')}:\n${lastLines(log)}`,
    { cause: failure },
  )
}

/** No socket yet, or nobody behind it yet, is what waiting is for; anything else is an answer. */
function keepFatal(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ECONNREFUSED' ? undefined : error
}
