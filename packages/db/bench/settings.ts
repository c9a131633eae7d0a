import type { ConnectionsPlan, Scenario } from './connections.ts'
import type { FloodPlan } from './flood.ts'
import type { DuelPlan } from './interleave.ts'
import type { OutagePlan } from './outage.ts'
import type { StatementName } from './statements.ts'
import type { LoadSize } from './two-processes.ts'

/** How much of everything is done. */
export interface Settings {
  tenants: number
  connections: ConnectionsPlan
  checkout: DuelPlan
  scopedQuery: DuelPlan
  coldRounds: number
  flood: FloodPlan
  sleepingTenants: number
  outage: OutagePlan
  twoProcesses: LoadSize[]
}

/** As large as in the measurement that the connection layer was designed after: 40 of the server's 50. */
const BUDGET = 40
/** What openDatabase takes by default on such a server. */
const DEFAULT_BUDGET = 16

const MANY = { tenants: 200, callers: 500 }
const SIZES = [
  { tenants: 5, callers: 200 },
  { tenants: 40, callers: 200 },
  MANY,
  { tenants: 1_000, callers: 500 },
]

function bothWays(
  sizes: readonly Pick<Scenario, 'tenants' | 'callers'>[],
  statement: StatementName,
): Scenario[] {
  return sizes.flatMap((size) => [
    { ...size, statement, habit: 'stays' as const, distribution: 'uniform' as const },
    { ...size, statement, habit: 'stays' as const, distribution: 'zipf' as const },
  ])
}

/** The hardest there is, for one size: every statement for a tenant drawn anew. */
const ROAMING: Scenario = { ...MANY, statement: 'point read', habit: 'roams', distribution: 'uniform' }

export const FULL: Settings = {
  tenants: 1_000,
  connections: {
    scenarios: [...bothWays(SIZES, 'point read'), ...bothWays([MANY], 'page of 50'), ROAMING],
    rounds: 5,
    budget: BUDGET,
    asksEach: 20,
    capMs: 600,
    scenarioMs: 150_000,
  },
  checkout: { rounds: 25, times: 10_000 },
  scopedQuery: { rounds: 25, times: 300 },
  coldRounds: 300,
  flood: { rounds: 5, callers: 200, quietAsks: 100, budget: DEFAULT_BUDGET },
  sleepingTenants: 5_000,
  outage: { calls: 10_000, tenants: 40, deadlineMs: 3_000, faultAfterMs: 500 },
  twoProcesses: [
    { budget: DEFAULT_BUDGET, callers: 250, asksEach: 40, capMs: 5_000 },
    { budget: BUDGET, callers: 250, asksEach: 40, capMs: 5_000 },
  ],
}

/** To see that everything runs. The figures mean little. */
export const QUICK: Settings = {
  tenants: 40,
  connections: {
    scenarios: bothWays(
      [
        { tenants: 5, callers: 60 },
        { tenants: 40, callers: 60 },
      ],
      'point read',
    ),
    rounds: 1,
    budget: BUDGET,
    asksEach: 5,
    capMs: 300,
    scenarioMs: 5_000,
  },
  checkout: { rounds: 3, times: 2_000 },
  scopedQuery: { rounds: 3, times: 100 },
  coldRounds: 50,
  flood: { rounds: 1, callers: 50, quietAsks: 30, budget: DEFAULT_BUDGET },
  sleepingTenants: 200,
  outage: { calls: 500, tenants: 5, deadlineMs: 1_000, faultAfterMs: 200 },
  twoProcesses: [{ budget: DEFAULT_BUDGET, callers: 30, asksEach: 5, capMs: 1_000 }],
}
