import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { PrivateServerError } from './private-server-error.ts'

const run = promisify(execFile)

const NAMES = ['mariadbd', 'mysqld']
/** Distributions put servers where PATH of an ordinary user does not look. */
const FOLDERS = [
  '/usr/sbin',
  '/usr/libexec',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/opt/homebrew/opt/mariadb/bin',
  '/usr/local/opt/mariadb/bin',
]
const HELP_BYTES_MAX = 16 * 1024 * 1024

export interface ServerProgram {
  path: string
  /** Where its system tables' SQL and its messages are. */
  shareFolder: string
}

/** Finds mariadbd. A MySQL server does not count: its data folders are made in another way. */
export async function findServerProgram(searchPath = process.env['PATH'] ?? ''): Promise<ServerProgram> {
  for (const folder of [...searchPath.split(delimiter).filter(Boolean), ...FOLDERS]) {
    for (const name of NAMES) {
      const path = join(folder, name)
      if (!(await isExecutable(path))) continue
      const shareFolder = await readShareFolder(path)
      if (shareFolder) return { path, shareFolder }
    }
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

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** The only place where the program says it is in its help, as the parent of `character-sets-dir`. */
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
