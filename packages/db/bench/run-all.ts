import type { BenchServer } from './bench-server.ts'
import { measureCheckout, type CheckoutResult } from './checkout.ts'
import { measureColdTenant, type ColdTenantResult } from './cold-tenant.ts'
import { measureScenario, type ScenarioResult } from './connections.ts'
import { measureFlood, type FloodResult } from './flood.ts'
import type { Duel } from './interleave.ts'
import { measureOutage, type OutageResult } from './outage.ts'
import { measureScopedQuery } from './scoped-query.ts'
import type { Settings } from './settings.ts'
import { measureSleepingTenants, type SleepingResult } from './sleeping-tenants.ts'
import { measureTwoProcesses, type TwoProcessesResult } from './two-processes.ts'

export interface Results {
  scenarios: ScenarioResult[]
  twoProcesses: TwoProcessesResult[]
  checkout: CheckoutResult
  scopedQuery: Duel
  coldTenant: ColdTenantResult
  flood: FloodResult
  sleeping: SleepingResult
  outages: OutageResult[]
}

/** Small things first, while the process is young and its heap tidy. One after the other: each has the machine. */
export async function runAll(
  server: BenchServer,
  settings: Settings,
  step: (text: string) => void,
): Promise<Results> {
  step('warm checkout')
  const checkout = await measureCheckout(server, settings.checkout)
  step('scoped query')
  const scopedQuery = await measureScopedQuery(server, settings.scopedQuery)
  step('cold tenant')
  const coldTenant = await measureColdTenant(server, settings.coldRounds)
  step('sleeping tenants')
  const sleeping = await measureSleepingTenants(server, settings.sleepingTenants)
  step('flood')
  const flood = await measureFlood(server, settings.flood)
  const scenarios: ScenarioResult[] = []
  for (const scenario of settings.connections.scenarios) {
    step(`connections: ${scenario.tenants} tenants, ${scenario.distribution}, ${scenario.statement}`)
    scenarios.push(await measureScenario(server, scenario, settings.connections))
  }
  const twoProcesses: TwoProcessesResult[] = []
  for (const size of settings.twoProcesses) {
    step(`two processes, ${size.budget} connections each`)
    twoProcesses.push(await measureTwoProcesses(server, size))
  }
  const outages: OutageResult[] = []
  for (const fault of ['kill -9', 'stops answering'] as const) {
    step(`outage: ${fault}`)
    outages.push(await measureOutage(fault, settings.outage))
  }
  return { scenarios, twoProcesses, checkout, scopedQuery, coldTenant, flood, sleeping, outages }
}
