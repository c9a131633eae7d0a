import { SERVER_CONNECTIONS_MAX } from './bench-server.ts'
import type { RowResult, ScenarioResult } from './connections.ts'
import { BY_RECENCY, OURS } from './contestants/rows.ts'
import type { Goal } from './goals.ts'
import type { OutageResult } from './outage.ts'
import type { Results } from './run-all.ts'

/** A tenant that sleeps may cost this much heap. */
const SLEEPER_BYTES_MAX = 5 * 1024
/** How late a call may settle after its deadline. */
const LATE_MAX_MS = 100

/** What the connection layer promises, with what was measured just now. */
export function listGoals(results: Results): Goal[] {
  return [
    ...connectionGoals(results),
    ...results.scenarios.flatMap(throughputGoals),
    ...smallGoals(results),
    ...sleepingGoals(results),
    ...results.outages.flatMap(outageGoals),
  ]
}

function connectionGoals({ scenarios, twoProcesses }: Results): Goal[] {
  const ours = scenarios.map((scenario) => findRow(scenario, OURS))
  const together = sum([...ours, ...twoProcesses].map(({ refused }) => refused))
  const threadsMax = Math.max(...[...ours, ...twoProcesses].map((row) => row.threadsMax))
  return [
    { what: 'refused, everywhere, two processes included', measured: together, atMost: 0, unit: '' },
    {
      what: 'most threads that the server saw',
      measured: threadsMax,
      atMost: SERVER_CONNECTIONS_MAX,
      unit: '',
    },
  ]
}

/** From here on there are more tenants than connections, and it matters how one becomes another's. */
const MANY_TENANTS = 200
const RATIO_MIN = { uniform: 0.75, zipf: 0.9 }
const TIMES_EVICTING_MIN = 4

function throughputGoals(result: ScenarioResult): Goal[] {
  const { tenants, distribution, statement, habit } = result.scenario
  if (tenants < MANY_TENANTS) return []
  const ours = findRow(result, OURS)
  const name = `${tenants} tenants, ${distribution}, ${statement}${habit === 'roams' ? ', roaming' : ''}`
  const evicting: Goal = {
    what: `${name}: throughput to that of ${BY_RECENCY}`,
    measured: ours.toEvicting,
    atLeast: TIMES_EVICTING_MIN,
    unit: '×',
  }
  if (tenants > MANY_TENANTS) return [evicting]
  const ceiling: Goal = {
    what: `${name}: throughput to the ceiling`,
    measured: ours.ratio,
    atLeast: RATIO_MIN[distribution],
    unit: '×',
  }
  return [ceiling, evicting]
}

function smallGoals({ checkout, scopedQuery, coldTenant, flood }: Results): Goal[] {
  return [
    { what: 'warm checkout', measured: checkout.checkout.oursUs, atMost: 3, unit: 'µs' },
    { what: "warm checkout to mysql2's", measured: checkout.checkout.ratio, atMost: 2, unit: '×' },
    {
      what: 'scoped query to Kysely over a plain pool',
      measured: scopedQuery.ratio,
      atMost: 1.05,
      unit: '×',
    },
    {
      what: "cold tenant's first query to connect + query",
      measured: coldTenant.ratio,
      atMost: 0.65,
      unit: '×',
    },
    { what: 'connections opened for cold tenants', measured: coldTenant.opens, atMost: 0, unit: '' },
    { what: "quiet tenant's p99 under a flood to alone", measured: flood.ratio, atMost: 3, unit: '×' },
    { what: 'the same, stretched', measured: flood.ratio, atMost: 2, unit: '×' },
  ]
}

function sleepingGoals({ sleeping }: Results): Goal[] {
  const { bytesEach, budget, timers, descriptors } = sleeping
  return [
    { what: 'heap for a sleeping tenant', measured: bytesEach, atMost: SLEEPER_BYTES_MAX, unit: 'bytes' },
    { what: 'timers for all of them', measured: timers, atMost: budget, unit: '' },
    { what: 'descriptors for all of them', measured: descriptors, atMost: budget, unit: '' },
  ]
}

function outageGoals({ fault, unsettled, settledMaxMs, deadlineMs, permitsLeft }: OutageResult): Goal[] {
  return [
    { what: `server ${fault}: calls that never settle`, measured: unsettled, atMost: 0, unit: '' },
    {
      what: `server ${fault}: last call after its start`,
      measured: settledMaxMs,
      atMost: deadlineMs + LATE_MAX_MS,
      unit: 'ms',
    },
    { what: `server ${fault}: permits in use afterwards`, measured: permitsLeft, atMost: 0, unit: '' },
  ]
}

export function findRow({ rows }: ScenarioResult, name: string): RowResult {
  const found = rows.find(({ row }) => row === name)
  if (!found) throw new Error(`the row ${name} was not measured`)
  return found
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
