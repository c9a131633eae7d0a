/**
 * How a multi-tenant application usually connects: one mysql2 pool for each tenant, made when the tenant is
 * first asked for, kept for ever. The baseline that tests and benchmarks hold Sarai's pool against.
 */
import { createPool, type Pool, type PoolOptions } from 'mysql2/promise'

/** What mysql2 takes by default. */
export const PLAIN_POOL_CONNECTIONS = 10

/** `pool.query` releases by itself; `explicit` is getConnection … finally release, around every statement. */
export type PlainRelease = 'pool.query' | 'explicit'

export interface PlainPools extends AsyncDisposable {
  /** One statement as the tenant. Rejects with what the server or mysql2 says, `errno` 1040 among it. */
  query(tenantKey: string, statement: string): Promise<void>
}

export function openPlainPools(logins: ReadonlyMap<string, PoolOptions>, release: PlainRelease): PlainPools {
  const pools = new Map<string, Pool>()

  function poolOf(tenantKey: string): Pool {
    const known = pools.get(tenantKey)
    if (known) return known
    const pool = createPool({ ...logins.get(tenantKey), connectionLimit: PLAIN_POOL_CONNECTIONS })
    pools.set(tenantKey, pool)
    return pool
  }

  return {
    async query(tenantKey, statement) {
      const pool = poolOf(tenantKey)
      await (release === 'explicit' ? queryAndRelease(pool, statement) : pool.query(statement))
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...pools.values()].map((pool) => pool.end()))
    },
  }
}

async function queryAndRelease(pool: Pool, statement: string): Promise<void> {
  const connection = await pool.getConnection()
  try {
    await connection.query(statement)
  } finally {
    connection.release()
  }
}
