/**
 * `npm run bench -- duplicates`: the finder of duplicates, every page of it, and the warning while somebody types, among
 * 100,000 customers of one tenant. `--quick`: 5,000 customers.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { findMatches } from '../src/duplicate/find-matches.ts'
import { listDuplicates } from '../src/duplicate/list-duplicates.ts'
import { openBenchDesk } from './bench-desk.ts'

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const CUSTOMERS = options.quick ? 5_000 : 100_000
/** Pages of the finder that are asked for; nobody reads more. */
const PAGES_MAX = 200
const TYPED = 500

console.error(`› a private server with a tenant of ${CUSTOMERS} customers`)
await using desk = await openBenchDesk(CUSTOMERS)
console.error(`› looking; load ${loadavg()[0]?.toFixed(1)}`)
console.log(`Milliseconds on the server, ${CUSTOMERS} customers`)
console.log(['what', 'times', 'p50', 'p95', 'max'].map((name, at) => pad(name, at)).join(''))
printTimes('a page of the finder', await walk())
printTimes('typing a name', await type('name'))
printTimes('typing an e-mail', await type('email'))
printTimes('typing a phone', await type('phone'))

async function walk(): Promise<number[]> {
  const times: number[] = []
  let cursor: string | null = null
  do {
    const since = performance.now()
    const page: Awaited<ReturnType<typeof listDuplicates>> = await desk.withDb((db) =>
      listDuplicates(db, { cursor }),
    )
    times.push(performance.now() - since)
    cursor = page.nextCursor
  } while (cursor !== null && times.length < PAGES_MAX)
  return times
}

/** What customers have, as if somebody typed it again. */
async function type(what: 'name' | 'email' | 'phone'): Promise<number[]> {
  const rows = await desk.withDb((db) =>
    db.selectFrom('customers').select(what).where(what, 'is not', null).limit(TYPED).execute(),
  )
  const times: number[] = []
  for (const row of rows) {
    const typed = row[what] ?? ''
    const since = performance.now()
    await desk.withDb((db) => findMatches(db, { [what]: typed }))
    times.push(performance.now() - since)
  }
  return times
}

function printTimes(name: string, times: readonly number[]): void {
  const figures = [0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(1))
  console.log([name, String(times.length), ...figures].map((cell, at) => pad(cell, at)).join(''))
}

function pad(cell: string, column: number): string {
  return column === 0 ? cell.padEnd(24) : cell.padStart(10)
}

/** The smallest value that `share` of all values do not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
