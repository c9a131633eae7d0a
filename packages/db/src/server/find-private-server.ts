import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ServerAddress } from './address.ts'
import { ADMIN_USER, HOST, readSocketPath } from './data-folder.ts'
import { isRunning } from './process-identity.ts'
import { parseIdentity } from './start-lock.ts'

/**
 * The private server that another process has started on `<dataDir>/mariadb` and that still runs; undefined if none
 * does. For tools beside a running Sarai: it is not theirs to stop.
 */
export async function findPrivateServer({
  dataDir,
}: {
  dataDir: string
}): Promise<ServerAddress | undefined> {
  const root = resolve(dataDir, 'mariadb')
  const read = (name: string) => readFile(join(root, name), 'utf8').catch(() => '')
  const identity = parseIdentity(await read('server.json'))
  const [password, port, socketPath] = [
    await read('admin-password'),
    await read('port'),
    await readSocketPath(root),
  ]
  if (!identity || !isRunning(identity) || password === '' || !existsSync(socketPath)) return undefined
  return { host: HOST, port: Number(port), socketPath, user: ADMIN_USER, password: password.trim() }
}
