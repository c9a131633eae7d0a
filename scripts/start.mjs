import { join } from 'node:path'
import { buildWeb } from './build-web.mjs'
import { run, wasInterrupted } from './children.mjs'
import { ensureMariadb } from './ensure-mariadb.mjs'
import { BIN, ROOT, toolEnvironment } from './paths.mjs'
import { step } from './say.mjs'
import { checkServerSettings } from './server-settings.mjs'
import { endStragglers } from './stragglers.mjs'

/** Everything, from nothing to a page that can be opened. Ends with the server's exit code. */
export async function command() {
  await checkServerSettings()
  await ensureMariadb()
  await buildWeb()
  if (wasInterrupted()) return 130
  step('Starting Sarai …')
  const args = ['--import', './scripts/stop-with-parent.mjs', 'apps/server/src/main.ts']
  const env = { ...defaults(), ...toolEnvironment() }
  const { code } = await run(join(BIN, 'node'), args, { cwd: ROOT, env, tied: true, output: 'pass' })
  await endStragglers()
  return code
}

/** A line of JSON for each request is for machines that collect them; in a terminal it buries how to sign in. */
function defaults() {
  return { NODE_ENV: 'production', ...(process.stdout.isTTY ? { LOG_LEVEL: 'warn' } : {}) }
}
