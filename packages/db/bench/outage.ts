import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { POOL_DEFAULTS } from '../src/open-database.ts'
import { ServerPool } from '../src/pool/server-pool.ts'
import { accountOf, startBenchServer, tenantAt, type BenchServer } from './bench-server.ts'
import { queryScope } from './contestants/ours.ts'
import { percentile } from './numbers.ts'

/** What happens to the server while all calls are under way. */
export type Fault = 'kill -9' | 'stops answering'

export interface OutageResult {
  fault: Fault
  calls: number
  deadlineMs: number
  /** How many ended how: `answered`, or the error's code. */
  outcomes: Record<string, number>
  unsettled: number
  /** The last call's, from its start. */
  settledMaxMs: number
  settledP50Ms: number
  /** Once the pool has found out about every connection. */
  permitsLeft: number
}

export interface OutagePlan {
  calls: number
  tenants: number
  deadlineMs: number
  faultAfterMs: number
}

const BUDGET = 16
/** Long enough that most calls still wait when the server goes. */
const STATEMENT = 'select name, sleep(0.01) from customers limit 1'
/** After the deadline of all calls: what is still not settled then hangs. */
const HANG_AFTER_MS = 5_000
const PERMITS_WAIT_MS = 30_000
const POLL_MS = 20

/** On a server of its own, which does not survive it. */
export async function measureOutage(fault: Fault, plan: OutagePlan): Promise<OutageResult> {
  await using server = await startBenchServer({ tenants: plan.tenants })
  const pool = openPatientPool(server, plan)
  const calls = startCalls(server, pool, { ...plan, fault })
  await sleep(plan.faultAfterMs)
  process.kill(server.test.pid, fault === 'kill -9' ? 'SIGKILL' : 'SIGSTOP')
  try {
    await Promise.race([
      Promise.all(calls.all),
      sleep(plan.deadlineMs + HANG_AFTER_MS, undefined, { ref: false }),
    ])
  } finally {
    if (fault !== 'kill -9') process.kill(server.test.pid, 'SIGCONT')
  }
  const permitsLeft = await waitForPermits(pool)
  await pool.close({ graceMs: 0 })
  return {
    fault,
    calls: plan.calls,
    deadlineMs: plan.deadlineMs,
    outcomes: countOutcomes(calls.settled.map(({ outcome }) => outcome)),
    unsettled: plan.calls - calls.settled.length,
    settledMaxMs: Math.max(...calls.settled.map(({ ms }) => ms)),
    settledP50Ms: percentile(
      calls.settled.map(({ ms }) => ms),
      0.5,
    ),
    permitsLeft,
  }
}

/** Everybody may queue: what is asked here is how they all leave the queue. */
function openPatientPool({ endpoint }: BenchServer, { calls, deadlineMs }: OutagePlan): ServerPool {
  return new ServerPool({
    ...POOL_DEFAULTS,
    endpoint,
    connectionsMax: BUDGET,
    tenantConnectionsMax: BUDGET / 2,
    acquireTimeoutMs: deadlineMs,
    queueMax: calls,
    tenantQueueMax: calls,
  })
}

interface Settled {
  outcome: string
  ms: number
}

/**
 * The queue has a deadline of its own. A statement that was sent and is never answered ends only with its caller, who
 * therefore leaves at the deadline; a killed server is noticed without.
 */
function startCalls(
  server: BenchServer,
  pool: ServerPool,
  { fault, calls, deadlineMs }: OutagePlan & { fault: Fault },
) {
  const settled: Settled[] = []
  const signal = fault === 'kill -9' ? undefined : AbortSignal.timeout(deadlineMs)
  if (signal) setMaxListeners(0, signal)
  const call = async (at: number) => {
    const since = performance.now()
    const scope = pool.scope(accountOf(tenantAt(server.tenants, at)), { label: 'bench', signal })
    const outcome = await queryScope(scope, STATEMENT).then(() => 'answered', nameOf)
    await scope.end()
    settled.push({ outcome, ms: performance.now() - since })
  }
  return { settled, all: Array.from({ length: calls }, (_, at) => call(at)) }
}

function nameOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

function countOutcomes(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

/** Idle connections hold permits in order, so they are counted out. */
async function waitForPermits(pool: ServerPool): Promise<number> {
  const held = () => pool.stats().budget.inUse - pool.stats().idle
  for (const end = performance.now() + PERMITS_WAIT_MS; held() > 0 && performance.now() < end;)
    await sleep(POLL_MS)
  return held()
}
