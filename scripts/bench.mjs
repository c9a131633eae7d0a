import { join } from 'node:path'
import { run } from './children.mjs'
import { ensureMariadbProgram } from './ensure-mariadb.mjs'
import { BIN, ROOT, toolEnvironment } from './paths.mjs'
import { endStragglers } from './stragglers.mjs'

/**
 * The benchmarks, on a private server of their own.
 * @param {string[]} args `--quick`, `--write`
 */
export async function command(args) {
  await ensureMariadbProgram()
  const program = ['--disable-warning=ExperimentalWarning', 'packages/db/bench/bench.ts', ...args]
  const { code } = await run(join(BIN, 'node'), program, {
    cwd: ROOT,
    env: toolEnvironment(),
    output: 'pass',
  })
  await endStragglers()
  return code
}
