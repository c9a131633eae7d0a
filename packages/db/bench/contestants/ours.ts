import type { Account, PoolScope } from '../../src/pool/types.ts'
import { ServerPool } from '../../src/pool/server-pool.ts'
import { POOL_DEFAULTS } from '../../src/open-database.ts'
import { accountOf, type BenchServer } from '../bench-server.ts'
import type { Contestant, Setting } from './contestant.ts'

/** As the product is delivered: every setting but the budget is a default. */
export function openOurPool({ endpoint }: Pick<BenchServer, 'endpoint'>, budget: number): ServerPool {
  const tenantConnectionsMax = Math.ceil(budget / 2)
  return new ServerPool({ ...POOL_DEFAULTS, endpoint, connectionsMax: budget, tenantConnectionsMax })
}

export function enterOurs({ server, tenants, budget, statement }: Setting): Contestant {
  const pool = openOurPool(server, budget)
  const accounts = new Map(tenants.map((tenant) => [tenant, accountOf(tenant)]))
  return {
    ask: (tenant) => askOurs(pool, accounts.get(tenant) ?? accountOf(tenant), statement),
    get handoffs() {
      return pool.stats().counters.handoffs
    },
    [Symbol.asyncDispose]: () => pool.close({ graceMs: 0 }),
  }
}

/** A scope for one statement: the worst case, since most requests ask more than once. */
export async function askOurs(pool: ServerPool, account: Account, statement: string): Promise<void> {
  const scope = pool.scope(account, { label: 'bench' })
  try {
    await queryScope(scope, statement)
  } finally {
    await scope.end()
  }
}

/** One lease for one statement, without Kysely: the other rows have none either. */
export function queryScope(scope: PoolScope, statement: string): Promise<void> {
  return new Promise((resolve, reject) => {
    scope.pool.getConnection((refusal, connection) => {
      if (refusal) return reject(asError(refusal))
      connection.query(statement, [], (error) => {
        connection.release()
        if (error) reject(asError(error))
        else resolve()
      })
    })
  })
}

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
