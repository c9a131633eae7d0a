import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide, mayStay, OWN_TENANT_FIRST_MS, type SchedulerView } from './scheduler.ts'
import { TenantPool } from './tenant-pool.ts'
import { TURN_MS } from './turn-length.ts'
import { accountOf } from './virtual-pool.ts'
import type { Member } from './member.ts'
import type { Waiter } from './waiter.ts'

interface Situation {
  leased?: number
  idle?: number
  waits?: number[]
}

const NOW = 1_000

test('who holds least is served first, whoever came first', () => {
  const many = tenantIn('many', { leased: 3, waits: [0] })
  const few = tenantIn('few', { leased: 1, waits: [900] })
  expect(decide(viewOf([many, few]))).toEqual({ action: 'open', tenant: few })
})

test('between equals the longest wait decides', () => {
  const late = tenantIn('late', { waits: [900] })
  const early = tenantIn('early', { waits: [100] })
  expect(decide(viewOf([late, early]))).toEqual({ action: 'open', tenant: early })
})

test('the own tenant is served first while nobody else has waited longer than a few milliseconds', () => {
  const own = tenantIn('own', { leased: 1, idle: 1, waits: [NOW] })
  const soon = tenantIn('other', { waits: [NOW - OWN_TENANT_FIRST_MS] })
  const long = tenantIn('other', { waits: [NOW - OWN_TENANT_FIRST_MS - 1] })
  const noPermit = { hasFreePermit: false, hasIdle: true }
  expect(decide(viewOf([own, soon], noPermit))).toEqual({ action: 'lease', tenant: own })
  expect(decide(viewOf([own, long], noPermit))).toEqual({ action: 'handoff', tenant: long })
})

describe('a connection that came free', () => {
  const turn = { now: NOW, turnMs: TURN_MS, tenantConnectionsMax: 6, connectionsMax: 10 }
  const over = NOW - TURN_MS - 1
  const stays = (tenant: TenantPool, since: number, others: TenantPool[]) =>
    mayStay({ ...turn, tenant, since, waiting: new Set([tenant, ...others]) })

  test('serves its own tenant for a turn, then who holds nothing; with nobody else there, for ever', () => {
    const tenant = tenantIn('own', { leased: 1, waits: [0] })
    const other = tenantIn('other', { waits: [0] })
    expect(stays(tenant, NOW - TURN_MS, [other])).toBe(true)
    expect(stays(tenant, over, [other])).toBe(false)
    expect(stays(tenant, 0, [])).toBe(true)
  })

  test('ends its turn early for a tenant that holds its share without it, and for one at its ceiling', () => {
    const other = tenantIn('other', { leased: 3, waits: [0] })
    const full = tenantIn('full', { leased: 4, waits: [0] })
    expect(stays(full, NOW, [other])).toBe(false)
    expect(stays(full, NOW, [])).toBe(true)
    expect(stays(tenantIn('at ceiling', { leased: 6, waits: [0] }), NOW, [])).toBe(false)
  })

  test('is not handed to and fro between tenants that hold the same', () => {
    const tenant = tenantIn('own', { leased: 2, waits: [0] })
    const servedJustNow = tenantIn('equal', { leased: 2, waits: [0] })
    servedJustNow.turnlessSince = NOW - 1
    expect(stays(tenant, over, [servedJustNow])).toBe(true)
    // The connection in question is not among the two: with it the tenant has three.
    expect(stays(tenant, over, [tenantIn('poorer', { leased: 1, waits: [0] })])).toBe(false)
  })

  test('goes to an equal whose own connections serve nobody: they are held for long', () => {
    const tenant = tenantIn('own', { leased: 2, waits: [0] })
    const stuck = tenantIn('stuck', { leased: 2, waits: [0] })
    stuck.turnlessSince = over
    expect(stays(tenant, over, [stuck])).toBe(false)
  })

  test('goes to the account that serves every tenant, below the share, though that holds more', () => {
    const tenant = tenantIn('own', { leased: 1, waits: [0] })
    const shared = tenantIn('shared', { leased: 3, waits: [NOW] })
    shared.turnlessSince = NOW
    expect(stays(tenant, over, [shared])).toBe(true)
    shared.account = { ...shared.account, isShared: true }
    expect(stays(tenant, over, [shared])).toBe(false)
  })
})

test('an account that serves every tenant is first up to the share, then one among the others', () => {
  const tenant = tenantIn('tenant', { waits: [100] })
  const shared = tenantIn('shared', { leased: 7, waits: [900] })
  shared.account = { ...shared.account, isShared: true }
  const view = { connectionsMax: 20, tenantConnectionsMax: 20 }
  expect(decide(viewOf([tenant, shared], view))).toEqual({ action: 'open', tenant: shared })
  shared.leased = 8
  expect(decide(viewOf([tenant, shared], view))).toEqual({ action: 'open', tenant })
})

test('nothing is decided that cannot be done', () => {
  const situations = fc.array(
    fc.record({
      leased: fc.nat({ max: 6 }),
      idle: fc.nat({ max: 3 }),
      waits: fc.array(fc.nat({ max: NOW }), { maxLength: 4 }),
    }),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(situations, fc.boolean(), (given, hasFreePermit) => {
      const tenants = given.map((situation, at) => tenantIn(`t${at}`, situation))
      const hasIdle = tenants.some((tenant) => tenant.idle.length > 0)
      const decision = decide(viewOf(tenants, { hasFreePermit, hasIdle }))
      if (!decision) return
      const { action, tenant } = decision
      expect(tenant.waiters.size).toBeGreaterThan(0)
      expect(tenant.held).toBeLessThan(6)
      if (action === 'lease') expect(tenant.idle.length).toBeGreaterThan(0)
      if (action === 'open') expect(hasFreePermit).toBe(true)
      if (action === 'handoff') expect(hasIdle && tenant.idle.length === 0).toBe(true)
    }),
  )
})

function viewOf(tenants: TenantPool[], over: Partial<SchedulerView> = {}): SchedulerView {
  const waiting = tenants.filter((tenant) => tenant.waiters.size > 0)
  return {
    now: NOW,
    waiting,
    hasFreePermit: true,
    hasIdle: false,
    tenantConnectionsMax: 6,
    connectionsMax: 20,
    ...over,
  }
}

function tenantIn(name: string, { leased = 0, idle = 0, waits = [] }: Situation): TenantPool {
  const tenant = new TenantPool(accountOf(name))
  tenant.leased = leased
  tenant.isProved = true
  for (let count = 0; count < idle; count++) tenant.idle.push(restingMember(tenant))
  for (const since of waits.toSorted((a, b) => a - b)) tenant.waiters.add(waiterOf(tenant, since))
  return tenant
}

function waiterOf(tenant: TenantPool, since: number): Waiter {
  return {
    tenant,
    label: 'test',
    class: 'interactive',
    wantsPermit: false,
    since,
    cancelDeadline: () => undefined,
    grant: () => undefined,
    refuse: () => undefined,
  }
}

function restingMember(tenant: TenantPool): Member {
  const link: Member['link'] = {
    threadId: 1,
    isOpen: true,
    isClean: true,
    isRunning: false,
    isInTransaction: false,
    closed: new Promise(() => undefined),
    query: () => {
      throw new Error('the scheduler sends nothing')
    },
    prove: () => Promise.resolve(),
    handoff: () => Promise.resolve(),
    reset: () => Promise.resolve(),
    ping: () => Promise.resolve(),
    end: () => Promise.resolve(),
    destroy: () => undefined,
    hasThread: () => Promise.resolve(false),
    kill: () => Promise.resolve(),
  }
  return {
    link,
    openedAt: 0,
    expiresAt: Infinity,
    tenant,
    user: tenant.account.user,
    leaving: undefined,
    state: 'idle',
    idleSince: 0,
  }
}
