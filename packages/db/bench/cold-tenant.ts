import { setTimeout as sleep } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import { accountOf, loginOf, tenantAt, type BenchServer, type BenchTenant } from './bench-server.ts'
import { askOurs, openOurPool } from './contestants/ours.ts'
import { medianOf } from './numbers.ts'
import { POINT_READ } from './statements.ts'

export interface ColdTenantResult {
  oursMs: number
  /** With mysql2's connection as it is by default. */
  connectMs: number
  ratio: number
  /** With its statement cache made small, which makes connecting faster. */
  leanConnectMs: number
  leanRatio: number
  /** What our pool opened while it served the cold tenants: nothing, they were all open. */
  opens: number
}

const BUDGET = 8
/** For the server to be done with a closed connection. */
const SETTLE_MS = 2

/** Every connection is open and another tenant's. What does the first query of a tenant without one take? */
export async function measureColdTenant(server: BenchServer, rounds: number): Promise<ColdTenantResult> {
  await using _pool = { [Symbol.asyncDispose]: () => ours.close({ graceMs: 0 }) }
  const ours = openOurPool(server, BUDGET)
  const ask = (tenant: BenchTenant) => askOurs(ours, accountOf(tenant), POINT_READ)
  await Promise.all(server.tenants.slice(0, BUDGET).map(ask))
  for (const tenant of server.tenants.slice(0, BUDGET * 2)) await ask(tenant)
  const before = ours.stats().counters
  const times: { ours: number; plain: number; lean: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const tenant = tenantAt(server.tenants, round)
    const plain = await timeConnect(server, tenant)
    const cold = await timed(() => ask(tenant))
    const lean = await timeConnect(server, tenant, { maxPreparedStatements: 1 })
    times.push({ ours: cold, plain, lean })
  }
  const after = ours.stats().counters
  const handoffs = after.handoffs - before.handoffs
  if (handoffs !== rounds) throw new Error(`${rounds} cold tenants were served with ${handoffs} handoffs`)
  return {
    oursMs: medianOf(times, (time) => time.ours),
    connectMs: medianOf(times, ({ plain }) => plain),
    ratio: medianOf(times, (time) => time.ours / time.plain),
    leanConnectMs: medianOf(times, ({ lean }) => lean),
    leanRatio: medianOf(times, (time) => time.ours / time.lean),
    opens: after.opens - before.opens,
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work()
  return performance.now() - since
}

/** Closing is awaited but not counted: the answer was there before, and the next one must not pay for it. */
async function timeConnect(
  server: BenchServer,
  tenant: BenchTenant,
  options: { maxPreparedStatements?: number } = {},
): Promise<number> {
  const since = performance.now()
  const connection = await createConnection({ ...loginOf(server, tenant), ...options })
  await connection.query(POINT_READ)
  const elapsedMs = performance.now() - since
  await connection.end()
  await sleep(SETTLE_MS)
  return elapsedMs
}
