import { join } from 'node:path'
import { run, stopChildren, wasInterrupted } from './children.mjs'
import { ensureMariadb } from './ensure-mariadb.mjs'
import { findFreePort } from './free-port.mjs'
import { BIN, ROOT, toolEnvironment } from './paths.mjs'
import { step } from './say.mjs'
import { checkServerSettings } from './server-settings.mjs'
import { endStragglers } from './stragglers.mjs'

const WEB_PORT = 5173

/** The server, started again when its source changes, and Vite in front of it. When one ends, both do. */
export async function command() {
  const { host, port } = await checkServerSettings()
  await ensureMariadb()
  if (wasInterrupted()) return 130
  const webPort = await findFreePort(WEB_PORT)
  step('Starting the server and Vite …')
  const env = {
    ...toolEnvironment(),
    SARAI_API_ORIGIN: `http://${host}:${port}`,
    // Where people come from: the server prints it, and takes requests from pages there.
    PUBLIC_URL: `http://localhost:${webPort}`,
  }
  const serverArgs = ['--watch', '--watch-preserve-output', 'apps/server/src/main.ts']
  const server = run(join(BIN, 'node'), serverArgs, { cwd: ROOT, env, output: 'pass' })
  const vite = join(ROOT, 'apps/web/node_modules/.bin/vite')
  const viteArgs = ['--clearScreen=false', '--strictPort', `--port=${webPort}`]
  const web = run(vite, viteArgs, { cwd: join(ROOT, 'apps/web'), env, output: 'pass' })
  const first = await Promise.race([server, web])
  stopChildren()
  await Promise.all([server, web])
  await endStragglers()
  return first.code
}
