// npm run isolation [-- operations [seed]]: 1,000,000 random operations of 200 tenants while everything goes wrong.
import { startTestServer } from '../src/testing.ts'
import { type IsolationSummary, runIsolation } from './isolation.ts'

const OPERATIONS = 1_000_000
const CONNECTIONS_MAX = 10
const BOUND_MS = 45 * 60_000
const EXAMPLES_SHOWN = 5

const [operationsText, seedText] = process.argv.slice(2)
const operations = Number(operationsText ?? OPERATIONS)
const seed = Number(seedText ?? Math.floor(Math.random() * 2 ** 32))
if (!Number.isInteger(operations) || operations < 1 || !Number.isInteger(seed)) {
  console.error('Usage: npm run isolation -- [operations] [seed], both whole numbers')
  process.exit(2)
}

await using server = await startTestServer({ maxConnections: 40 })
console.log(
  `${operations.toLocaleString('en')} operations, 200 tenants, ${CONNECTIONS_MAX} connections, 64 callers, seed ${seed}`,
)
const outcome = await runIsolation(server.admin, {
  operations,
  boundMs: BOUND_MS,
  tenants: 200,
  callers: 64,
  connectionsMax: CONNECTIONS_MAX,
  faultFactor: 1,
  seed,
  onProgress: showProgress,
})
process.exitCode = conclude(outcome)

function showProgress({ operations: done, results, seconds, handoffs }: IsolationSummary): void {
  const rate = Math.round(done / Math.max(1, seconds))
  console.log(`${seconds} s  ${done} done (${rate}/s)  ${results} results  ${handoffs} handoffs`)
}

function conclude(summary: IsolationSummary): number {
  const { foreignRows, wrongUser, leftBehind, untypedErrors, wrongNotes, ...figures } = summary
  console.log(JSON.stringify(figures, null, 2))
  const findings = { foreignRows, wrongUser, leftBehind, untypedErrors, wrongNotes }
  for (const [what, found] of Object.entries(findings)) {
    console.log(`${what}: ${found.length}`)
    for (const example of found.slice(0, EXAMPLES_SHOWN)) console.log(`  ${example}`)
  }
  const isComplete = summary.operations >= operations
  if (!isComplete) console.log(`Ended by its bound of ${BOUND_MS / 60_000} minutes.`)
  const isClean = Object.values(findings).every((found) => found.length === 0)
  const isWithinBudget = summary.threadsMost <= CONNECTIONS_MAX && summary.permitsAfterwards === 0
  return isComplete && isClean && isWithinBudget ? 0 : 1
}
