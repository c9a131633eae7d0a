import type { BenchTenant } from './bench-server.ts'
import { tenantAt } from './bench-server.ts'
import type { Contestant } from './contestants/contestant.ts'
import type { PickTenant } from './pick-tenant.ts'

export interface LoadPlan {
  callers: number
  /** Each caller asks so often, one after the other… */
  asksEach: number
  /** …unless this time is over first. */
  capMs: number
  tenants: readonly BenchTenant[]
  pick: PickTenant
  habit: Habit
}

/**
 * `stays`: a caller draws its tenant once, as a person has one workspace open and a request makes several statements.
 * `roams`: each statement is for a tenant drawn anew, the hardest there is: nobody's next statement is where the last was.
 */
export type Habit = 'stays' | 'roams'

export interface LoadResult {
  asked: number
  refused: number
  /** What the refused were told, by number or name. */
  refusals: Record<string, number>
  elapsedMs: number
  /** Of those that were answered, from the call to the answer. */
  latenciesMs: number[]
}

/** Callers who wait for each answer before they ask again: nobody is slowed down by anything but the answers. */
export async function runLoad(contestant: Contestant, plan: LoadPlan): Promise<LoadResult> {
  const result: LoadResult = { asked: 0, refused: 0, refusals: {}, elapsedMs: 0, latenciesMs: [] }
  const startedAt = performance.now()
  const end = startedAt + plan.capMs
  const call = async () => {
    const home = plan.pick()
    for (let ask = 0; ask < plan.asksEach && performance.now() < end; ask++) {
      const chosen = plan.habit === 'stays' ? home : plan.pick()
      await askOnce(contestant, tenantAt(plan.tenants, chosen), result)
    }
  }
  await Promise.all(Array.from({ length: plan.callers }, call))
  result.elapsedMs = performance.now() - startedAt
  return result
}

async function askOnce(contestant: Contestant, tenant: BenchTenant, result: LoadResult): Promise<void> {
  const since = performance.now()
  result.asked += 1
  try {
    await contestant.ask(tenant)
    result.latenciesMs.push(performance.now() - since)
  } catch (error) {
    const name = nameOf(error)
    result.refused += 1
    result.refusals[name] = (result.refusals[name] ?? 0) + 1
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

export function perSecond({ latenciesMs, elapsedMs }: LoadResult): number {
  return latenciesMs.length / (elapsedMs / 1000)
}
