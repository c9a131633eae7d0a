/** One of several processes that use the same server: takes a plan, runs it, sends the result and ends. */
import { once } from 'node:events'
import { accountOf } from './bench-server.ts'
import type { Contestant } from './contestants/contestant.ts'
import { askOurs, openOurPool } from './contestants/ours.ts'
import { perSecond, runLoad } from './load.ts'
import { percentile } from './numbers.ts'
import { POINT_READ } from './statements.ts'
import { makePicker } from './pick-tenant.ts'
import type { ProcessPlan, ProcessResult } from './two-processes.ts'

const [message] = await once(process, 'message')
if (!isPlan(message)) throw new TypeError('this program is started by the benchmark')
process.send?.(await run(message))
process.disconnect()

async function run(plan: ProcessPlan): Promise<ProcessResult> {
  const pool = openOurPool(plan, plan.budget)
  const contestant: Contestant = {
    ask: (tenant) => askOurs(pool, accountOf(tenant), POINT_READ),
    handoffs: 0,
    [Symbol.asyncDispose]: () => pool.close({ graceMs: 0 }),
  }
  const pick = makePicker('uniform', plan.tenants.length, plan.seed)
  const result = await runLoad(contestant, { ...plan, pick, habit: 'roams' })
  await contestant[Symbol.asyncDispose]()
  const { asked, refused, latenciesMs } = result
  return { asked, refused, perSecond: perSecond(result), p99Ms: percentile(latenciesMs, 0.99) }
}

function isPlan(value: unknown): value is ProcessPlan {
  return typeof value === 'object' && value !== null && 'endpoint' in value && 'tenants' in value
}
