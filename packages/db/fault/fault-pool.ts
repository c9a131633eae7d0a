import { Kysely } from 'kysely'
import { makeDialect } from '../src/dialect.ts'
import { ServerPool } from '../src/pool/server-pool.ts'
import type { Account, Endpoint, PoolEvent, PoolOptions, PoolScopeOptions } from '../src/pool/types.ts'
import type { FaultTables } from './tenants.ts'

export type FaultDb = Kysely<FaultTables>

export interface FaultPool extends AsyncDisposable {
  readonly pool: ServerPool
  readonly options: PoolOptions
  readonly events: PoolEvent[]
  /** Runs work in a scope of its own, with the errors that withTenant shows. */
  use<T>(account: Account, work: (db: FaultDb) => Promise<T>, options?: PoolScopeOptions): Promise<T>
}

/** As the product opens it, but for a shorter patience. */
export function openFaultPool(endpoint: Endpoint, over: Partial<PoolOptions> = {}): FaultPool {
  const events: PoolEvent[] = []
  const options: PoolOptions = {
    endpoint: { host: endpoint.host, port: endpoint.port },
    connectionsMax: 8,
    tenantConnectionsMax: 4,
    acquireTimeoutMs: 1_500,
    queueMax: 20_000,
    tenantQueueMax: 20_000,
    leaseWarnMs: 20_000,
    leaseMaxMs: 60_000,
    idleMs: 60_000,
    onEvent: (event) => events.push(event),
    ...over,
  }
  const pool = new ServerPool(options)
  return {
    pool,
    options,
    events,
    async use(account, work, scopeOptions) {
      const scope = pool.scope(account, scopeOptions)
      try {
        return await work(new Kysely<FaultTables>({ dialect: makeDialect(scope.pool, account.label) }))
      } finally {
        await scope.end()
      }
    },
    [Symbol.asyncDispose]: () => pool.close({ graceMs: 0 }),
  }
}
