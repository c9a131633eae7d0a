import type { BenchServer } from './bench-server.ts'
import type { Contestant, Row, Setting } from './contestants/contestant.ts'
import { BY_RECENCY, CEILING, ROWS } from './contestants/rows.ts'
import { type Habit, perSecond, runLoad, type LoadPlan, type LoadResult } from './load.ts'
import { medianOf, percentile } from './numbers.ts'
import { STATEMENTS, type StatementName } from './statements.ts'
import { makePicker, type Distribution } from './pick-tenant.ts'

export interface Scenario {
  tenants: number
  callers: number
  distribution: Distribution
  statement: StatementName
  habit: Habit
}

export interface ConnectionsPlan {
  scenarios: readonly Scenario[]
  rounds: number
  budget: number
  asksEach: number
  capMs: number
  /** No further round of a scenario begins after this: on a busy machine there are fewer, and the report says so. */
  scenarioMs: number
}

/** Medians of the rounds; of the thread counts the highest. */
export interface RowResult {
  row: string
  refusedShare: number
  /** In all rounds together. */
  refused: number
  perSecond: number
  /** To the ceiling of the same round. */
  ratio: number
  /** To the pools evicted by recency of the same round. */
  toEvicting: number
  p50Ms: number
  p99Ms: number
  threadsMax: number
  handoffs: number
  connects: number
  refusals: string
}

export interface ScenarioResult {
  scenario: Scenario
  rounds: number
  rows: RowResult[]
}

interface Measured extends LoadResult {
  row: string
  threadsMax: number
  handoffs: number
  connects: number
}

/** Opens what stays open and lets the just-in-time compiler see the code, so that neither is measured. */
const WARM_UP = { asksEach: 2, capMs: 150 }
const SEED = 20_26

/** Every round runs every row, beginning with another one each time: what disturbs the machine disturbs them all. */
export async function measureScenario(
  server: BenchServer,
  scenario: Scenario,
  plan: ConnectionsPlan,
): Promise<ScenarioResult> {
  const rounds: Measured[][] = []
  const end = performance.now() + plan.scenarioMs
  for (let round = 0; round < plan.rounds && (round === 0 || performance.now() < end); round++) {
    const measured: Measured[] = []
    for (const row of rotate(ROWS, round))
      measured.push(await measureRow(server, { row, scenario, plan, round }))
    rounds.push(measured)
  }
  return { scenario, rounds: rounds.length, rows: ROWS.map(({ name }) => summarize(name, rounds)) }
}

interface RowPlan {
  row: Row
  scenario: Scenario
  plan: ConnectionsPlan
  round: number
}

async function measureRow(server: BenchServer, { row, scenario, plan, round }: RowPlan): Promise<Measured> {
  const tenants = server.tenants.slice(0, scenario.tenants)
  const setting: Setting = {
    server,
    tenants,
    budget: plan.budget,
    statement: STATEMENTS[scenario.statement],
  }
  await server.resetCounters()
  await using contestant = row.enter(setting)
  const pick = makePicker(scenario.distribution, scenario.tenants, SEED + round)
  const load: LoadPlan = {
    callers: scenario.callers,
    asksEach: plan.asksEach,
    capMs: plan.capMs,
    tenants,
    pick,
    habit: scenario.habit,
  }
  await runLoad(contestant, { ...load, ...WARM_UP })
  const before = await counters(server, contestant)
  const result = await runLoad(contestant, load)
  const after = await counters(server, contestant)
  return {
    ...result,
    row: row.name,
    threadsMax: after.threadsMax,
    handoffs: after.handoffs - before.handoffs,
    connects: after.connects - before.connects,
  }
}

async function counters(server: BenchServer, contestant: Contestant) {
  return { ...(await server.readCounters()), handoffs: contestant.handoffs }
}

function rotate<T>(items: readonly T[], by: number): T[] {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

function summarize(row: string, rounds: Measured[][]): RowResult {
  const own = rounds.map((round) => findRow(round, row))
  const ratioTo = (other: string) =>
    medianOf(rounds, (round) => perSecond(findRow(round, row)) / perSecond(findRow(round, other)))
  return {
    row,
    refusedShare: medianOf(own, ({ asked, refused }) => refused / asked),
    refused: own.reduce((sum, { refused }) => sum + refused, 0),
    perSecond: medianOf(own, perSecond),
    ratio: ratioTo(CEILING),
    toEvicting: ratioTo(BY_RECENCY),
    p50Ms: medianOf(own, ({ latenciesMs }) => percentileOrNever(latenciesMs, 0.5)),
    p99Ms: medianOf(own, ({ latenciesMs }) => percentileOrNever(latenciesMs, 0.99)),
    threadsMax: Math.max(...own.map(({ threadsMax }) => threadsMax)),
    handoffs: medianOf(own, ({ handoffs }) => handoffs),
    connects: medianOf(own, ({ connects }) => connects),
    refusals: [...new Set(own.flatMap(({ refusals }) => Object.keys(refusals)))].join(', '),
  }
}

function findRow(round: readonly Measured[], row: string): Measured {
  const found = round.find((measured) => measured.row === row)
  if (!found) throw new Error(`the row ${row} was not measured`)
  return found
}

function percentileOrNever(values: readonly number[], share: number): number {
  return values.length === 0 ? Infinity : percentile(values, share)
}
