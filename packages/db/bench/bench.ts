/**
 * `npm run bench`: what the connection layer promises, measured. `--quick` only shows that all of it runs;
 * `--write` puts the result into docs/benchmarks/connections.md.
 */
import { parseArgs } from 'node:util'
import { startBenchServer, SERVER_CONNECTIONS_MAX } from './bench-server.ts'
import { listGoals } from './goals-of-sarai.ts'
import { judge } from './goals.ts'
import { describeLoad, describeMachine } from './machine.ts'
import { makeReport } from './report.ts'
import { runAll } from './run-all.ts'
import { FULL, QUICK } from './settings.ts'
import { writeReport } from './write-report.ts'

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
})
if (options.quick && options.write) throw new TypeError('figures of a quick run are not to be written down')

const startedAt = performance.now()
const step = (text: string) => console.error(`› ${secondsSince(startedAt)} ${text}`)
const settings = options.quick ? QUICK : FULL
step(`a private server with ${settings.tenants} tenants`)
await using server = await startBenchServer({ tenants: settings.tenants })
const loadBefore = describeLoad()
const results = await runAll(server, settings, step)
const goals = listGoals(results)
const missed = goals.map(judge).filter(({ isMet }) => !isMet)
const text = [
  `${new Date().toISOString().slice(0, 10)} · ${describeMachine(server.version)} · max_connections ${SERVER_CONNECTIONS_MAX},` +
    ` budget ${settings.connections.budget} · load before ${loadBefore}; the run` +
    ` took ${secondsSince(startedAt)} · ${goals.length - missed.length} of ${goals.length} goals met`,
  makeReport(results, goals),
].join('\n\n')
console.log(`\n${text}`)
if (options.write) writeReport(text)

function secondsSince(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(0)} s`
}
