import { expect, test } from 'vitest'
import { PAUSE_MAX_MS, REFUSALS_TO_OPEN } from './breakers.ts'
import { failure, type VirtualClock } from './fake-server.ts'
import { DOWN_AFTER_MS } from './open-pace.ts'
import type { ServerPool } from './server-pool.ts'
import { accountOf, getConnection, makeVirtualPool, watch } from './virtual-pool.ts'

interface World {
  clock: VirtualClock
  pool: ServerPool
}

/** One call, and what came of it within 50 ms. */
async function call({ clock, pool }: World, name: string) {
  const asked = watch(getConnection(pool.scope(accountOf(name))))
  await clock.advance(50)
  asked.value?.release()
  return asked
}

/** As many calls as it takes; returns the world with the breaker of `a` open. */
async function openBreaker() {
  const world = makeVirtualPool()
  world.fake.refusedUsers.add('a')
  for (let time = 0; time < REFUSALS_TO_OPEN; time++) await call(world, 'a')
  const logins = () => world.events.filter(({ type }) => type === 'open-failed').length
  return { ...world, logins }
}

test('a tenant that the server refused several times costs no permit and no login while its breaker is open', async () => {
  const world = await openBreaker()
  expect(world.logins()).toBe(REFUSALS_TO_OPEN)
  expect(world.events).toContainEqual(expect.objectContaining({ type: 'breaker-opened', tenant: 'a' }))
  const refused = await Promise.all(Array.from({ length: 100 }, () => call(world, 'a')))
  for (const { error } of refused) {
    expect(error).toMatchObject({ code: 'TENANT_UNREACHABLE', tenant: 'a', cause: { errno: 1045 } })
    expect(error).toHaveProperty('retryAfterMs')
  }
  expect(world.logins()).toBe(REFUSALS_TO_OPEN)
  expect(world.pool.stats()).toMatchObject({ budget: { inUse: 0 }, tenants: [] })
})

test('other tenants do not notice', async () => {
  const world = await openBreaker()
  expect((await call(world, 'b')).value).toBeDefined()
})

test('half-open, one caller tries and the others are told; a repaired tenant is served again', async () => {
  const world = await openBreaker()
  await world.clock.advance(2_000)
  const before = world.logins()
  const probes = await Promise.all(Array.from({ length: 10 }, () => call(world, 'a')))
  for (const { error } of probes) expect(error).toMatchObject({ code: 'TENANT_UNREACHABLE' })
  expect(world.logins()).toBe(before + 1)
  world.fake.refusedUsers.delete('a')
  await world.clock.advance(PAUSE_MAX_MS)
  expect((await call(world, 'a')).value).toBeDefined()
  expect((await call(world, 'a')).value).toBeDefined()
})

test('closing a tenant on purpose closes its breaker: whoever repaired it need not wait', async () => {
  const world = await openBreaker()
  world.fake.refusedUsers.delete('a')
  await world.pool.evict('a')
  expect((await call(world, 'a')).value).toBeDefined()
})

test('a server that cannot be reached is waited for at first, then callers are told at once; one tries now and then', async () => {
  const world = makeVirtualPool({ acquireTimeoutMs: 2_000 })
  world.fake.down = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
  const first = watch(getConnection(world.pool.scope(accountOf('a'))))
  await world.clock.advance(1_999)
  expect(first.isSettled).toBe(false)
  await world.clock.advance(1)
  const second = watch(getConnection(world.pool.scope(accountOf('a'))))
  await world.clock.advance(DOWN_AFTER_MS)
  const probe = watch(getConnection(world.pool.scope(accountOf('a'))))
  const third = await call(world, 'b')
  expect(third.error).toMatchObject({
    code: 'SERVER_UNAVAILABLE',
    tenant: 'b',
    cause: { code: 'ECONNREFUSED' },
  })
  expect([first.isSettled, second.isSettled, probe.isSettled]).toEqual([true, true, false])
  world.fake.down = undefined
  await world.clock.advance(1_100)
  expect(probe.value).toBeDefined()
  expect((await call(world, 'b')).value).toBeDefined()
})

test('a server that is full is not down: its callers wait as before', async () => {
  const world = makeVirtualPool({ acquireTimeoutMs: 2 * DOWN_AFTER_MS })
  world.fake.down = failure(1040, 'Too many connections')
  const first = watch(getConnection(world.pool.scope(accountOf('a'))))
  await world.clock.advance(DOWN_AFTER_MS + 100)
  const second = await call(world, 'b')
  expect([first.isSettled, second.isSettled]).toEqual([false, false])
})

test('while somebody holds a connection there is something to wait for, whether the server lets others in or not', async () => {
  const world = makeVirtualPool({ acquireTimeoutMs: 2 * DOWN_AFTER_MS })
  const holder = watch(getConnection(world.pool.scope(accountOf('a'))))
  await world.clock.advance(10)
  world.fake.down = Object.assign(new Error('unreachable'), { code: 'EHOSTUNREACH' })
  const waiter = watch(getConnection(world.pool.scope(accountOf('a'))))
  await world.clock.advance(DOWN_AFTER_MS + 100)
  const late = watch(getConnection(world.pool.scope(accountOf('a'))))
  await world.clock.advance(10)
  expect(late.isSettled).toBe(false)
  holder.value?.release()
  await world.clock.advance(10)
  expect(waiter.value).toBeDefined()
})
