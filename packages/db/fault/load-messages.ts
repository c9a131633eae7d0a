import type { Account, Endpoint } from '../src/pool/types.ts'

/** To a load process, once; anything sent afterwards ends it in order. SIGTERM drains it while its callers go on asking. */
export interface LoadOrder {
  endpoint: Endpoint
  tenants: (Omit<Account, 'password'> & { password: string })[]
  connectionsMax: number
  callers: number
  acquireTimeoutMs: number
}

export interface LoadReport {
  isFinal: boolean
  results: number
  refused: Record<string, number>
  wrong: string[]
  latestMs: number
  /** Permits in use at that moment. */
  permits: number
}
