import { startTestServer } from '@sarai/db/testing'
import { publishInstallation } from './installation.ts'
import { startServer } from './start-server.ts'

const SECRET = 'a secret for end-to-end tests, long enough'

/** One real installation for the whole run: a MariaDB in a temporary folder, and the server as people start it. */
export default async function startInstallation(): Promise<() => Promise<void>> {
  const mariadb = await startTestServer({ maxConnections: 60 })
  try {
    const server = await startServer({ admin: mariadb.admin, secret: SECRET })
    publishInstallation({ baseUrl: server.baseUrl, secret: SECRET, admin: mariadb.admin })
    return async () => {
      await server.stop()
      await mariadb[Symbol.asyncDispose]()
    }
  } catch (error) {
    await mariadb[Symbol.asyncDispose]()
    throw error
  }
}
