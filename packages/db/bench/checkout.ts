import { createPool, type Pool } from 'mysql2'
import type { PoolScope } from '../src/pool/types.ts'
import { accountOf, loginOf, tenantAt, type BenchServer } from './bench-server.ts'
import { endPool, queryPool } from './contestants/one-pool.ts'
import { asError, openOurPool, queryScope } from './contestants/ours.ts'
import { duel, type Duel, type DuelPlan } from './interleave.ts'
import { POINT_READ } from './statements.ts'

export interface CheckoutResult {
  /** A connection taken and given back, nothing sent. */
  checkout: Duel
  /** The same with a scope made and ended around it. */
  scope: Duel
}

/** Idle connections of the tenant are there: what does it cost to have one? */
export async function measureCheckout(server: BenchServer, plan: DuelPlan): Promise<CheckoutResult> {
  const tenant = tenantAt(server.tenants, 0)
  const account = accountOf(tenant)
  const ours = openOurPool(server, 4)
  const theirs = createPool({ ...loginOf(server, tenant), connectionLimit: 3 })
  const scope = ours.scope(account, { label: 'bench' })
  try {
    await queryScope(scope, POINT_READ)
    await queryPool(theirs, POINT_READ)
    const plain = repeat(() => checkOutPlain(theirs))
    const inScope = async () => {
      const own = ours.scope(account, { label: 'bench' })
      await checkOutOurs(own)
      await own.end()
    }
    return {
      checkout: await duel(
        repeat(() => checkOutOurs(scope)),
        plain,
        plan,
      ),
      scope: await duel(repeat(inScope), plain, plan),
    }
  } finally {
    await scope.end()
    await ours.close({ graceMs: 0 })
    await endPool(theirs)
  }
}

function repeat(once: () => Promise<void>) {
  return async (times: number) => {
    for (let time = 0; time < times; time++) await once()
  }
}

function checkOutOurs(scope: PoolScope): Promise<void> {
  return new Promise((resolve, reject) => {
    scope.pool.getConnection((error, connection) => {
      if (error) return reject(asError(error))
      connection.release()
      resolve()
    })
  })
}

function checkOutPlain(pool: Pool): Promise<void> {
  return new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => {
      if (error) return reject(error)
      connection.release()
      resolve()
    })
  })
}
