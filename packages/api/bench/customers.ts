/**
 * `npm run bench -- customers`: search as it is typed among 100,000 customers of one tenant, beside what one would write
 * first, `LIKE '%text%'` on the columns. Both in turns, on the settings of the private server. `--quick`: 5,000 customers.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { listCustomers } from '../src/customer/list-customers.ts'
import type { CUSTOMER_SORTS } from '../src/customer/schema.ts'
import { openBenchDesk } from './bench-desk.ts'
import { explainSearch } from './explain-search.ts'
import { listByLike } from './list-by-like.ts'
import { TYPED, type TypedGroup } from './typed.ts'

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const CUSTOMERS = options.quick ? 5_000 : 100_000
const SORTS: readonly (typeof CUSTOMER_SORTS)[number][] = options.quick
  ? ['-createdAt']
  : ['-createdAt', 'name', '-updatedAt', '-name']
const COLUMNS = ['typed', 'searches', 'p50', 'p95', 'max', 'LIKE p50', 'LIKE p95', 'LIKE max']

interface Times {
  ours: number[]
  like: number[]
}

console.error(`› a private server with a tenant of ${CUSTOMERS} customers`)
await using desk = await openBenchDesk(CUSTOMERS)
console.error(`› searching; load ${loadavg()[0]?.toFixed(1)}`)
const all: Times = { ours: [], like: [] }
console.log(`Milliseconds on the server, ${CUSTOMERS} customers, sorted by ${SORTS.join(', ')}`)
console.log(COLUMNS.map((name, at) => pad(name, at)).join(''))
for (const group of TYPED) {
  const times = await measure(group)
  all.ours.push(...times.ours)
  all.like.push(...times.like)
  printTimes(group.name, times)
}
printTimes('all of them', all)
for (const search of ['zub', 'kha', 'nobody']) console.log(`\n${await explainSearch(desk, search)}`)

/** Ours and theirs in turns, so that what disturbs the machine disturbs both. */
async function measure({ searches }: TypedGroup): Promise<Times> {
  const times: Times = { ours: [], like: [] }
  for (const sort of SORTS) {
    for (const search of searches) {
      times.ours.push(await time(() => desk.withDb((db) => listCustomers(db, { search, sort, userId: '' }))))
      times.like.push(await time(() => desk.withDb((db) => listByLike(db, { search, sort }))))
    }
  }
  return times
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work()
  return performance.now() - since
}

function printTimes(name: string, { ours, like }: Times): void {
  const figures = [ours, like].flatMap((times) => [0.5, 0.95, 1].map((share) => quantile(times, share)))
  const cells = [name, String(ours.length), ...figures.map((figure) => figure.toFixed(1))]
  console.log(cells.map((cell, at) => pad(cell, at)).join(''))
}

function pad(cell: string, column: number): string {
  return column === 0 ? cell.padEnd(24) : cell.padStart(10)
}

/** The smallest value that `share` of all values do not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
