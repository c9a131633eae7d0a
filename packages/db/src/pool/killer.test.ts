import { expect, test } from 'vitest'
import type { FakeServer, VirtualClock } from './fake-server.ts'
import { accountOf, getConnection, makeVirtualPool, run, watch } from './virtual-pool.ts'

const LONG = 'work 100000'

test('while the server cannot be reached, the permit of a running statement is kept, and returned afterwards', async () => {
  const { clock, fake, pool, scope } = await withRunningStatement()
  fake.down = Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' })
  await scope.end()
  await clock.advance(20_000)
  expect(pool.stats().budget.inUse).toBeGreaterThan(0)
  fake.down = undefined
  await clock.advance(5_000)
  expect(pool.stats().budget.inUse).toBe(0)
  expect(fake.sessions.size).toBe(0)
})

test('where nobody listens there is no server thread either: the permit returns', async () => {
  const { clock, fake, pool, scope } = await withRunningStatement()
  fake.down = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
  await scope.end()
  await clock.advance(100)
  expect(pool.stats().budget.inUse).toBe(0)
})

test('if the account is let in no more, the server closing the connection is waited for', async () => {
  const { clock, fake, pool, scope, events } = await withRunningStatement('work 9000')
  fake.refusedUsers.add('a')
  await scope.end()
  await clock.advance(5_000)
  expect(pool.stats().budget.inUse).toBeGreaterThan(0)
  await clock.advance(10_000)
  expect(pool.stats().budget.inUse).toBe(0)
  expect(events.map((event) => event.type)).toContain('kill-failed')
})

test('many statements are ended over one reserved connection', async () => {
  const { clock, fake, pool } = makeVirtualPool({ connectionsMax: 6, tenantConnectionsMax: 5 })
  const scope = pool.scope(accountOf('a'))
  const leases = [1, 2, 3, 4, 5].map(() => watch(getConnection(scope)))
  await clock.advance(10)
  const statements = leases.map((lease) => lease.value && watch(run(lease.value, LONG)))
  await scope.end()
  await clock.advance(200)
  for (const statement of statements) expect(statement?.error).toMatchObject({ code: 'SCOPE_ENDED' })
  expect(fake.sessionsMost).toBe(6)
  expect(fake.log.filter((line) => line === 'open a')).toHaveLength(6)
  expect(pool.stats().budget.inUse).toBe(0)
})

test("the killer's own connection keeps its permit until somebody has seen that its thread is gone", async () => {
  const { clock, fake, pool } = makeVirtualPool({ connectionsMax: 4, tenantConnectionsMax: 3 })
  const scope = pool.scope(accountOf('a'))
  const rests = [pool.scope(accountOf('b')), pool.scope(accountOf('c'))]
  const leases = [scope, ...rests].map((each) => watch(getConnection(each)))
  await clock.advance(10)
  const [first, ...others] = leases
  if (first?.value) run(first.value, LONG).catch(() => undefined)
  for (const { value } of others) value?.release()
  fake.isDeafToKill = true
  await scope.end()
  const lost = await killerOf(fake, clock)
  fake.reset(lost, 300)
  await clock.advance(290)
  expect(fake.log).toContain(`a: kill ${lost.threadId}`)
  expect(fake.sessionsMost).toBe(4)
  fake.isDeafToKill = false
  await clock.advance(1_500)
  expect(fake.sessionsMost).toBe(4)
  expect(pool.stats()).toMatchObject({ closing: 0, reserved: 0, permits: 0 })
})

test('if everything is lost at once, the next killer comes when the last one must be gone', async () => {
  const { clock, fake, pool, scopes } = await withAllRunning()
  for (const scope of scopes) await scope.end()
  await killerOf(fake, clock)
  for (const link of fake.sessions) fake.reset(link, 900)
  await clock.advance(20_000)
  expect(fake.sessionsMost).toBe(4)
  expect(pool.stats().budget.inUse).toBe(0)
})

async function withAllRunning() {
  const world = makeVirtualPool({ connectionsMax: 4 })
  world.fake.isDeafToKill = true
  const scopes = ['a', 'b', 'c'].map((name) => world.pool.scope(accountOf(name)))
  const leases = scopes.map((scope) => watch(getConnection(scope)))
  await world.clock.advance(10)
  for (const { value } of leases) if (value) run(value, LONG).catch(() => undefined)
  return { ...world, scopes }
}

async function killerOf(fake: FakeServer, clock: VirtualClock) {
  const before = new Set(fake.sessions)
  while (fake.sessions.size === before.size) await clock.advance(1)
  const killer = [...fake.sessions].find((session) => !before.has(session))
  if (!killer) throw new Error('no killer')
  return killer
}

async function withRunningStatement(sql = LONG) {
  const world = makeVirtualPool()
  const scope = world.pool.scope(accountOf('a'))
  const lease = watch(getConnection(scope))
  await world.clock.advance(10)
  if (!lease.value) throw new Error('no connection')
  run(lease.value, sql).catch(() => undefined)
  return { ...world, scope }
}
