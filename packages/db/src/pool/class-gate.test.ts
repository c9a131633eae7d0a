import { describe, expect, test } from 'vitest'
import { ClassGate, floorsOf } from './class-gate.ts'
import { TenantPool } from './tenant-pool.ts'
import type { LeaseClass, PoolOptions } from './types.ts'
import { accountOf, getConnection, makeVirtualPool, watch } from './virtual-pool.ts'
import type { Waiter } from './waiter.ts'

/** Ten connections to work with: floors of 2, 1 and 1. */
function makeWorld(options: Partial<PoolOptions> = {}) {
  const world = makeVirtualPool({
    connectionsMax: 11,
    tenantConnectionsMax: 11,
    acquireTimeoutMs: 1_000,
    ...options,
  })
  const ask = (name: string, leaseClass: LeaseClass) =>
    watch(getConnection(world.pool.scope(accountOf(name), { class: leaseClass })))
  const flood = (name: string, leaseClass: LeaseClass, count: number) =>
    Array.from({ length: count }, () => ask(name, leaseClass))
  return { ...world, ask, flood }
}

const served = (asked: { value?: unknown }[]) => asked.filter(({ value }) => value !== undefined).length

test.each([
  [1, { interactive: 0, background: 1, migration: 1 }],
  [3, { interactive: 1, background: 1, migration: 1 }],
  [15, { interactive: 3, background: 1, migration: 1 }],
  [40, { interactive: 10, background: 5, migration: 1 }],
])('of %d connections the floors are %o', (connectionsMax, floors) => {
  expect(floorsOf(connectionsMax)).toEqual(floors)
})

describe('people before background work before migrations', () => {
  test('background work never takes what is kept for people, who are served at once', async () => {
    const { clock, ask, flood } = makeWorld()
    const jobs = flood('a', 'background', 20)
    await clock.advance(50)
    expect(served(jobs)).toBe(8)
    const person = ask('a', 'interactive')
    await clock.advance(10)
    expect(person.value).toBeDefined()
  })

  test('a freed connection goes to the person, though the job came first', async () => {
    const { clock, ask, flood } = makeWorld()
    const people = flood('a', 'interactive', 10)
    await clock.advance(50)
    const jobs = flood('b', 'background', 3)
    await clock.advance(50)
    const person = ask('c', 'interactive')
    people[0]?.value?.release()
    people[1]?.value?.release()
    await clock.advance(50)
    // One job is at its floor and competes like everybody; the others wait outside.
    expect([person.value !== undefined, served(jobs)]).toEqual([true, 1])
    const another = ask('c', 'interactive')
    people[2]?.value?.release()
    await clock.advance(50)
    expect([another.value !== undefined, served(jobs)]).toEqual([true, 1])
    people[3]?.value?.release()
    await clock.advance(50)
    expect(served(jobs)).toBe(2)
  })

  test('background before migration, beyond their floors', async () => {
    const { clock, flood } = makeWorld()
    const people = flood('a', 'interactive', 10)
    await clock.advance(50)
    const migrations = flood('b', 'migration', 3)
    const jobs = flood('c', 'background', 3)
    for (const { value } of people.slice(0, 4)) value?.release()
    await clock.advance(50)
    expect([served(migrations), served(jobs)]).toEqual([1, 3])
  })
})

describe('each class has a floor', () => {
  test.each(['background', 'migration'] as const)(
    '%s goes on while people ask without end',
    async (leaseClass) => {
      const { clock, ask, flood } = makeWorld({ connectionsMax: 4, tenantConnectionsMax: 4 })
      const people = flood('a', 'interactive', 40)
      const job = ask('b', leaseClass)
      for (let round = 0; round < 20 && !job.isSettled; round++) {
        await clock.advance(10)
        for (const { value } of people) value?.release()
      }
      expect(job.value).toBeDefined()
    },
  )

  test('where there is one connection, jobs and migrations and people take turns', async () => {
    const { clock, flood } = makeWorld({ connectionsMax: 2, tenantConnectionsMax: 1 })
    const all = [flood('a', 'background', 5), flood('b', 'migration', 2), flood('c', 'interactive', 3)].flat()
    for (let round = 0; round < 60; round++) {
      await clock.advance(10)
      for (const { value } of all) value?.release()
    }
    expect(served(all)).toBe(10)
  })
})

describe('within a class', () => {
  const makeGate = () => {
    const gate = new ClassGate()
    const [first, second] = [new TenantPool(accountOf('first')), new TenantPool(accountOf('second'))]
    return { gate, first, second }
  }
  const full = { connectionsMax: 10, hasSpare: false }
  const spare = { connectionsMax: 10, hasSpare: true }

  test('a newcomer does not overtake who stands outside', () => {
    const { gate, first } = makeGate()
    gate.park(jobOf(first))
    expect(gate.admits('background', spare)).toBe(false)
    expect(gate.admits('migration', spare)).toBe(true)
    expect(gate.admits('interactive', full)).toBe(true)
  })

  test('the tenant that holds least enters first, whoever came first', () => {
    const { gate, first, second } = makeGate()
    first.leased = 2
    gate.park(jobOf(first))
    gate.park(jobOf(second))
    expect(gate.next(spare)?.tenant).toBe(second)
  })

  test('between tenants that hold the same, a long queue does not stand before a short one', () => {
    const { gate, first, second } = makeGate()
    for (let job = 0; job < 3; job++) gate.park(jobOf(first))
    gate.park(jobOf(second))
    expect([gate.next(spare)?.tenant, gate.next(spare)?.tenant]).toEqual([first, second])
  })

  test('up to its floor it enters though people wait and nothing is to spare, beyond it not', () => {
    const { gate, first } = makeGate()
    gate.entered('interactive')
    for (let job = 0; job < 2; job++) gate.park(jobOf(first))
    expect(gate.next(full)?.tenant).toBe(first)
    gate.entered('background')
    expect(gate.next(full)).toBeUndefined()
  })

  test('below their floors background work and migrations take turns', () => {
    const { gate, first, second } = makeGate()
    const one = { connectionsMax: 1, hasSpare: true }
    for (let job = 0; job < 2; job++) gate.park(jobOf(first))
    gate.park({ ...jobOf(second), class: 'migration' })
    const order = [1, 2, 3].map(() => gate.next(one)?.class)
    expect(order).toEqual(['background', 'migration', 'background'])
  })

  test('a migration waits while background work is queued', () => {
    const { gate, first, second } = makeGate()
    for (let at = 0; at < 2; at++) gate.entered('background')
    gate.leased('migration')
    gate.park({ ...jobOf(first), class: 'migration' })
    expect(gate.next(spare)).toBeUndefined()
    for (let at = 0; at < 2; at++) gate.leftQueue('background')
    expect(gate.next(spare)?.tenant).toBe(first)
    expect(second.waiters.size).toBe(0)
  })
})

function jobOf(tenant: TenantPool): Waiter {
  return {
    tenant,
    label: 'test',
    class: 'background',
    wantsPermit: false,
    since: 0,
    cancelDeadline: () => undefined,
    grant: () => undefined,
    refuse: () => undefined,
  }
}

test('a job that stands outside is refused at its deadline, counted by the bounds of the queue, and leaves when aborted', async () => {
  const { clock, pool, flood, ask } = makeWorld({
    connectionsMax: 2,
    tenantQueueMax: 2,
    acquireTimeoutMs: 100,
  })
  const holder = ask('a', 'background')
  await clock.advance(10)
  const jobs = flood('a', 'background', 3)
  expect(pool.stats()).toMatchObject({ waiting: 2, tenants: [{ waiting: 2 }] })
  const abort = new AbortController()
  const leaving = watch(
    getConnection(pool.scope(accountOf('b'), { class: 'background', signal: abort.signal })),
  )
  abort.abort()
  await clock.advance(100)
  for (const { error } of jobs) expect(error).toMatchObject({ code: 'TENANT_BUSY' })
  expect(leaving.error).toMatchObject({ code: 'ABORTED' })
  holder.value?.release()
  await clock.advance(10)
  expect(pool.stats()).toMatchObject({ waiting: 0, leased: 0 })
})

test('jobs that stand outside are told when their tenant is closed, and when the pool is', async () => {
  const { clock, pool, ask } = makeWorld({ connectionsMax: 2, acquireTimeoutMs: 60_000 })
  ask('a', 'background')
  await clock.advance(10)
  const [evicted, closed] = [ask('b', 'background'), ask('c', 'background')]
  watch(pool.evict('b'))
  await clock.advance(0)
  expect(evicted.error).toMatchObject({ code: 'TENANT_BUSY' })
  watch(pool.close({ graceMs: 0 }))
  await clock.advance(10_000)
  expect(closed.error).toMatchObject({ code: 'CLOSED' })
  expect(pool.stats()).toMatchObject({ waiting: 0, budget: { inUse: 0 }, tenants: [] })
})
