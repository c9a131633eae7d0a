import { expect } from 'vitest'
import type { Account } from '../src/pool/types.ts'
import type { FaultPool } from './fault-pool.ts'
import { eventually, type Onlooker } from './onlooker.ts'

/** For tests: after whatever happened the pool comes to rest, every permit has its connection, and closing leaves none. */
export async function expectNothingLeft(
  { pool }: FaultPool,
  onlooker: Onlooker,
  accounts: readonly Account[],
): Promise<void> {
  await eventually(() => {
    const { budget, idle, waiting } = pool.stats()
    return waiting === 0 && budget.inUse === idle
  })
  await eventually(async () => (await onlooker.threadsOf(accounts)).length === pool.stats().idle)
  await pool.close()
  expect(pool.stats()).toMatchObject({ budget: { inUse: 0 }, leased: 0, waiting: 0, closing: 0, tenants: [] })
  await eventually(async () => (await onlooker.threadsOf(accounts)).length === 0)
}
