import { join } from 'node:path'
import { run, stopChildren, wasInterrupted } from './children.mjs'
import { ensureMariadb } from './ensure-mariadb.mjs'
import { BIN, ROOT, toolEnvironment } from './paths.mjs'
import { step } from './say.mjs'
import { checkServerSettings } from './server-settings.mjs'
import { endStragglers } from './stragglers.mjs'

/** The server, started again when its source changes, and Vite in front of it. When one ends, both do. */
export async function command() {
  const { host, port } = await checkServerSettings()
  await ensureMariadb()
  if (wasInterrupted()) return 130
  step('Starting the server and Vite; open the address that Vite prints …')
  const env = { ...toolEnvironment(), SARAI_API_ORIGIN: `http://${host}:${port}` }
  const server = run(join(BIN, 'node'), ['--watch', '--watch-preserve-output', 'apps/server/src/main.ts'], {
    cwd: ROOT,
    env,
  })
  const web = run(join(ROOT, 'apps/web/node_modules/.bin/vite'), ['--clearScreen=false'], {
    cwd: join(ROOT, 'apps/web'),
    env,
  })
  const first = await Promise.race([server, web])
  stopChildren()
  await Promise.all([server, web])
  await endStragglers()
  return first.code
}
