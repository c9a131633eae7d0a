import { expect, test } from 'vitest'
import type { PoolStats, TenantStats } from '../pool/types.ts'
import { accountOf, makeVirtualPool } from '../pool/virtual-pool.ts'
import { explainWait, type WaitCircumstances } from './explain-wait.ts'

function circumstances(
  held: Record<string, number>,
  change: { stats?: Partial<PoolStats>; isServerInTrouble?: boolean } = {},
): WaitCircumstances {
  const tenants = Object.entries(held).map(([tenant, leased]) => tenantStats(tenant, leased))
  const inUse = tenants.reduce((sum, { leased }) => sum + leased, 0)
  const stats = { ...makeVirtualPool().pool.stats(), tenants, budget: { max: 8, limit: 8, inUse } }
  return {
    stats: { ...stats, ...change.stats },
    tenantConnectionsMax: 4,
    isServerInTrouble: change.isServerInTrouble ?? false,
  }
}

function tenantStats(tenant: string, leased: number): TenantStats {
  const none = { preparing: 0, opening: 0, turning: 0, idle: 0, closing: 0 }
  return {
    accountId: accountOf(tenant).id,
    tenant,
    leased,
    ...none,
    waiting: 1,
    longestWaitMs: 1,
    firstWaiterLabel: null,
  }
}

test('a tenant at its ceiling waits for itself', () => {
  expect(explainWait('rabin', circumstances({ rabin: 4, zaitoon: 1 }))).toEqual({
    because: 'own',
    own: 4,
    others: [{ tenant: 'zaitoon', connections: 1 }],
  })
})

test('a tenant that holds nothing while others hold the budget waits for them, named by how much they hold', () => {
  expect(explainWait('rabin', circumstances({ a: 1, b: 3, c: 2, d: 1, rabin: 0 }))).toEqual({
    because: 'others',
    own: 0,
    others: [
      { tenant: 'b', connections: 3 },
      { tenant: 'c', connections: 2 },
      { tenant: 'a', connections: 1 },
    ],
  })
})

test('a server that lets nobody in is the reason whoever holds what', () => {
  const why = explainWait('rabin', circumstances({ rabin: 4, a: 3 }, { isServerInTrouble: true }))
  expect(why.because).toBe('server')
})

test('with permits or idle connections left, the connection is on its way', () => {
  expect(explainWait('rabin', circumstances({ a: 2 })).because).toBe('opening')
  expect(explainWait('rabin', circumstances({ a: 6 }, { stats: { idle: 1 } })).because).toBe('opening')
})
