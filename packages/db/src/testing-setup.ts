/**
 * For `globalSetup` of a vitest config (`'@sarai/db/testing-setup'`): one MariaDB server for the whole run, its
 * address provided to every worker as `saraiServer`, stopped and removed at the end.
 */
import type { TestProject } from 'vitest/node'
import type { ServerAddress } from './server/address.ts'
import { startTestServer } from './testing.ts'

declare module 'vitest' {
  interface ProvidedContext {
    saraiServer: ServerAddress
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer()
  project.provide('saraiServer', server.admin)
  return async () => server[Symbol.asyncDispose]()
}
