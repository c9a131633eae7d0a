import { join } from 'node:path'
import { run } from './children.mjs'
import { BIN, ROOT, toolEnvironment } from './paths.mjs'
import { elapsed, step, Stop } from './say.mjs'

/** Builds what the browser loads. Unchanged source: turbo puts the last build back. */
export async function buildWeb() {
  const startedAt = Date.now()
  step('Building the web app …')
  const args = ['run', 'build', '--output-logs=errors-only', '--log-order=grouped']
  const { code, output } = await run(join(BIN, 'turbo'), args, {
    cwd: ROOT,
    env: toolEnvironment(),
    output: 'keep',
  })
  if (code !== 0) {
    console.error(output)
    throw new Stop(
      'The web app could not be built (see above).',
      'Mend what the messages name and run it again.',
    )
  }
  step(`Built in ${elapsed(startedAt)}`)
}
