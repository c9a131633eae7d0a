import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { PrivateServerError } from './private-server-error.ts'

const run = promisify(execFile)

/** By name first, so that PATH decides; then where distributions put servers that an ordinary PATH leaves out. */
const CANDIDATES = [
  'mariadbd',
  '/usr/sbin/mariadbd',
  '/usr/libexec/mariadbd',
  '/usr/local/sbin/mariadbd',
  '/usr/local/bin/mariadbd',
  '/opt/homebrew/opt/mariadb/bin/mariadbd',
  '/usr/local/opt/mariadb/bin/mariadbd',
]
const HELP_BYTES_MAX = 16 * 1024 * 1024

export interface ServerProgram {
  path: string
  /** Where its system tables' SQL and its messages are. */
  shareFolder: string
}

/** Finds mariadbd. A MySQL server does not count: its data folders are made in another way. */
export async function findServerProgram(candidates: readonly string[] = CANDIDATES): Promise<ServerProgram> {
  for (const path of candidates) {
    const shareFolder = await readShareFolder(path)
    if (shareFolder !== undefined) return { path, shareFolder }
  }
  const installCommand = getInstallCommand(process.platform)
  throw new PrivateServerError(
    'SERVER_MISSING',
    `No MariaDB server (mariadbd) is installed. Install it with: ${installCommand}\n` +
      'or set DATABASE_URL to a server that is there already (mysql://user:password@host:port).',
    { installCommand },
  )
}

function getInstallCommand(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'brew install mariadb'
  return 'sudo apt-get install --no-install-recommends mariadb-server-core'
}

/** The program tells where its files are only in its help: the parent of `character-sets-dir`. */
async function readShareFolder(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ['--no-defaults', '--verbose', '--help'], {
      maxBuffer: HELP_BYTES_MAX,
    })
    if (!stdout.includes('MariaDB')) return undefined
    const folder = /^character-sets-dir\s+(\/.*?)\/?\s*$/m.exec(stdout)?.[1]
    return folder === undefined ? undefined : dirname(folder)
  } catch {
    return undefined
  }
}
