import { createPool, type Pool } from 'mysql2'
import { loginOf, tenantAt } from '../bench-server.ts'
import type { Contestant, Setting } from './contestant.ts'

/** The ceiling: one user, one database, one pool. What could be had if there were no tenants to keep apart. */
export function enterOnePool({ server, tenants, budget, statement }: Setting): Contestant {
  const pool = createPool({ ...loginOf(server, tenantAt(tenants, 0)), connectionLimit: budget })
  return {
    ask: () => queryPool(pool, statement),
    handoffs: 0,
    [Symbol.asyncDispose]: () => endPool(pool),
  }
}

/** Callbacks: the promise API of mysql2 makes an Error for each statement, which would slow this row down. */
export function queryPool(pool: Pool, statement: string): Promise<void> {
  return new Promise((resolve, reject) => {
    pool.query(statement, (error) => (error ? reject(error) : resolve()))
  })
}

export function endPool(pool: Pool): Promise<void> {
  return new Promise((resolve, reject) => {
    pool.end((error) => (error ? reject(error) : resolve()))
  })
}
