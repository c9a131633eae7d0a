import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { PrivateServerError } from './private-server-error.ts'
import type { ServerProgram } from './server-program.ts'

/** In the order in which mariadb-install-db feeds them; help texts, sys schema and test database left out. */
const SYSTEM_SQL = [
  'mysql_system_tables.sql',
  'mysql_performance_tables.sql',
  'mysql_system_tables_data.sql',
  'maria_add_gis_sp_bootstrap.sql',
]
const UNFINISHED = 'data.unfinished-'
export const HOST = '127.0.0.1'
export const ADMIN_USER = 'sarai_admin'
const SOCKET_PATH_FILE = 'socket-path'

/**
 * Makes the server's data folder if there is none. It is filled under another name and renamed when it is
 * whole, so a first start that was cut off is begun again and never taken for a finished one. Each try has a name
 * of its own: what was cut off may still be writing for a moment after its parent was killed.
 *
 * The same SQL that mariadb-install-db uses, fed to `mariadbd --bootstrap`: distributions' minimal server
 * packages have the server and the SQL but not all the programs which that script calls.
 */
export async function ensureDataFolder(root: string, program: ServerProgram): Promise<string> {
  const folder = join(root, 'data')
  await removeUnfinished(root)
  if (existsSync(folder)) return folder
  const unfinished = await mkdtemp(join(root, UNFINISHED))
  await bootstrap(unfinished, program)
  await rename(unfinished, folder)
  return folder
}

/** What cannot be removed yet is removed at a later start. */
async function removeUnfinished(root: string): Promise<void> {
  const names = (await readdir(root)).filter((name) => name.startsWith(UNFINISHED))
  const removals = names.map((name) => rm(join(root, name), { recursive: true, force: true }))
  await Promise.allSettled(removals)
}

async function bootstrap(folder: string, program: ServerProgram): Promise<void> {
  const scripts = await Promise.all(
    SYSTEM_SQL.map((name) => readFile(join(program.shareFolder, name), 'utf8')),
  )
  // root may enter over the socket as the operating system's user who owns the files, never with a password.
  const head = "create database if not exists mysql;\nuse mysql;\nset @auth_root_socket='root';\n"
  const child = spawn(
    program.path,
    [
      '--no-defaults',
      '--bootstrap',
      `--datadir=${folder}`,
      // Its own: a server deletes what others have in a shared folder for temporary tables.
      `--tmpdir=${folder}`,
      '--log-warnings=0',
      '--skip-log-bin',
      '--enforce-storage-engine=',
      '--max-allowed-packet=8M',
      ...runAsArguments(),
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  )
  let messages = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (messages += text))
  // A server that dies early closes the pipe; what it said on stderr is the error worth telling.
  child.stdin.on('error', () => undefined)
  child.stdin.end(`${head}${scripts.join('\n')}\n`)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code === 0) return
  throw new PrivateServerError(
    'INIT_FAILED',
    `MariaDB could not make its data folder:\n${lastLines(messages)}`,
  )
}

/** mariadbd refuses to run as root unless told to. */
export function runAsArguments(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : []
}

const LINES_SHOWN = 15

export function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n')
}

/** Made once, kept beside the data and readable only by its owner. */
export async function ensureAdminPassword(root: string): Promise<string> {
  const path = join(root, 'admin-password')
  const kept = await readFile(path, 'utf8').catch(() => '')
  if (kept.trim() !== '') return kept.trim()
  const password = randomBytes(24).toString('base64url')
  await writeFile(path, `${password}\n`, { mode: 0o600 })
  return password
}

/** Chosen once and kept, so that an operator's tools find the server again; another if somebody else has it now. */
export async function choosePort(root: string): Promise<number> {
  const path = join(root, 'port')
  const kept = Number(await readFile(path, 'utf8').catch(() => '0'))
  const port = (await listenOnce(Number.isInteger(kept) ? kept : 0)) ?? (await listenOnce(0))
  if (port === undefined) throw new PrivateServerError('START_FAILED', `No free port on ${HOST}.`)
  if (port !== kept) await writeFile(path, `${port}\n`)
  return port
}

async function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, HOST, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}

/** Where the folder's path is too long for a socket it lies elsewhere: other processes must find it too. */
export async function keepSocketPath(root: string, socketPath: string): Promise<void> {
  await writeFile(join(root, SOCKET_PATH_FILE), `${socketPath}\n`)
}

/** Empty if no server has been started here. */
export async function readSocketPath(root: string): Promise<string> {
  const kept = await readFile(join(root, SOCKET_PATH_FILE), 'utf8').catch(() => '')
  return kept.trim()
}
