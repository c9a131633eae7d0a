import type { BenchServer, BenchTenant } from '../bench-server.ts'

/** One way to reach the tenants' databases. All of them send the same statements. */
export interface Contestant extends AsyncDisposable {
  /** One statement in the tenant's database. Rejects if the caller would have got an error. */
  ask(tenant: BenchTenant): Promise<void>
  /** Connections that changed their user. */
  readonly handoffs: number
}

export interface Setting {
  server: BenchServer
  tenants: readonly BenchTenant[]
  /** What every ask sends. */
  statement: string
  /** The connections that those may use who know of a budget. */
  budget: number
}

export interface Row {
  name: string
  enter(setting: Setting): Contestant
}
