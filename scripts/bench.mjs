import { join } from 'node:path'
import { run } from './children.mjs'
import { ensureMariadbProgram } from './ensure-mariadb.mjs'
import { BIN, ROOT, toolEnvironment } from './paths.mjs'
import { endStragglers } from './stragglers.mjs'

/** By name; without one, the connection layer beside the alternatives. @type {Record<string, string>} */
const BENCHMARKS = {
  provision: 'packages/db/bench/provision.ts',
  migrate: 'packages/db/bench/migrate.ts',
  customers: 'packages/api/bench/customers.ts',
  messages: 'packages/api/bench/messages.ts',
  dashboard: 'packages/api/bench/dashboard.ts',
  import: 'packages/api/bench/import.ts',
  export: 'packages/api/bench/export.ts',
  duplicates: 'packages/api/bench/duplicates.ts',
  stream: 'apps/server/bench/stream.ts',
}

/**
 * The benchmarks, on a private server of their own.
 * @param {string[]} args a name of BENCHMARKS or none, `--quick`, `--write`
 */
export async function command(args) {
  await ensureMariadbProgram()
  const file = BENCHMARKS[args[0] ?? '']
  const rest = file === undefined ? args : args.slice(1)
  const program = ['--disable-warning=ExperimentalWarning', file ?? 'packages/db/bench/bench.ts', ...rest]
  const { code } = await run(join(BIN, 'node'), program, {
    cwd: ROOT,
    env: toolEnvironment(),
    output: 'pass',
  })
  await endStragglers()
  return code
}
