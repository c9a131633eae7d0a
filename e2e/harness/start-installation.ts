import type { ServerAddress } from '@sarai/db'
import { startTestServer } from '@sarai/db/testing'
import { publishInstallation } from './installation.ts'
import { startServer } from './start-server.ts'

const SECRET = 'a secret for end-to-end tests, long enough'

/** One real installation for the whole run: a MariaDB in a temporary folder, and the server as people start it. */
export default async function startInstallation(): Promise<() => Promise<void>> {
  const mariadb = await startTestServer({ maxConnections: 60 })
  try {
    const databaseUrl = toUrl(mariadb.admin)
    const server = await startServer({ databaseUrl, secret: SECRET })
    publishInstallation({ baseUrl: server.baseUrl, secret: SECRET, databaseUrl })
    return async () => {
      await server.stop()
      await mariadb[Symbol.asyncDispose]()
    }
  } catch (error) {
    await mariadb[Symbol.asyncDispose]()
    throw error
  }
}

/** By TCP, as a server that is given to an installation is reached. */
export function toUrl({ host, port, user, password }: ServerAddress): string {
  return `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}`
}
