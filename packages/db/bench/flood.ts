import { setTimeout as sleep } from 'node:timers/promises'
import { tenantAt, type BenchServer, type BenchTenant } from './bench-server.ts'
import type { Contestant } from './contestants/contestant.ts'
import { enterOnePool } from './contestants/one-pool.ts'
import { enterOurs } from './contestants/ours.ts'
import { median, percentile } from './numbers.ts'
import { POINT_READ } from './statements.ts'

export interface FloodResult {
  /** Medians of the rounds' 99th percentiles of the quiet tenant. */
  aloneMs: number
  floodedMs: number
  ratio: number
  /** The same flood through one pool that serves whoever came first. */
  sharedPoolMs: number
  sharedPoolRatio: number
}

export interface FloodPlan {
  rounds: number
  callers: number
  quietAsks: number
  budget: number
}

/** The quiet tenant is two agents who click now and then. */
const QUIET_CALLERS = 2
const QUIET_PAUSE_MS = 4
const SETTLE_MS = 100

/** One tenant asks with hundreds of callers that never rest. What does another, quiet one notice? */
export async function measureFlood(server: BenchServer, plan: FloodPlan): Promise<FloodResult> {
  const rounds: Record<'alone' | 'flooded' | 'shared', number>[] = []
  for (let round = 0; round < plan.rounds; round++) {
    const alone = await quietP99(server, plan, { enter: enterOurs, callers: 0 })
    const flooded = await quietP99(server, plan, { enter: enterOurs, callers: plan.callers })
    const shared = await quietP99(server, plan, { enter: enterOnePool, callers: plan.callers })
    rounds.push({ alone, flooded, shared })
  }
  return {
    aloneMs: median(rounds.map(({ alone }) => alone)),
    floodedMs: median(rounds.map(({ flooded }) => flooded)),
    ratio: median(rounds.map(({ alone, flooded }) => flooded / alone)),
    sharedPoolMs: median(rounds.map(({ shared }) => shared)),
    sharedPoolRatio: median(rounds.map(({ alone, shared }) => shared / alone)),
  }
}

interface Side {
  enter: typeof enterOurs
  callers: number
}

async function quietP99(server: BenchServer, plan: FloodPlan, { enter, callers }: Side): Promise<number> {
  const tenants = server.tenants.slice(0, 2)
  const [loud, quiet] = [tenantAt(tenants, 0), tenantAt(tenants, 1)]
  await using contestant = enter({ server, tenants, budget: plan.budget, statement: POINT_READ })
  const flood = { isOver: false }
  const loudCallers = Array.from({ length: callers }, () => askUntil(contestant, loud, flood))
  await sleep(SETTLE_MS)
  const quietCallers = Array.from({ length: QUIET_CALLERS }, () =>
    askNowAndThen(contestant, quiet, plan.quietAsks),
  )
  const latenciesMs = (await Promise.all(quietCallers)).flat()
  flood.isOver = true
  await Promise.all(loudCallers)
  return percentile(latenciesMs, 0.99)
}

async function askUntil(
  contestant: Contestant,
  tenant: BenchTenant,
  flood: { isOver: boolean },
): Promise<void> {
  while (!flood.isOver) await contestant.ask(tenant)
}

async function askNowAndThen(contestant: Contestant, tenant: BenchTenant, asks: number): Promise<number[]> {
  const latenciesMs: number[] = []
  for (let ask = 0; ask < asks; ask++) {
    await sleep(QUIET_PAUSE_MS)
    const since = performance.now()
    await contestant.ask(tenant)
    latenciesMs.push(performance.now() - since)
  }
  return latenciesMs
}
