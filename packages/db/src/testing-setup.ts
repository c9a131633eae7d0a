/**
 * For `globalSetup` of a vitest config (`'@sarai/db/testing-setup'`): one MariaDB server for the whole run, its
 * address provided to every worker as `saraiServer`, stopped and removed at the end.
 */
import type { TestProject } from 'vitest/node'
import { startTestServer } from './testing.ts'

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer()
  project.provide('saraiServer', server.admin)
  return async () => server[Symbol.asyncDispose]()
}
