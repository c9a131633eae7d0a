import { expect, test } from 'vitest'
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

async function withRunningStatement(sql = LONG) {
  const world = makeVirtualPool()
  const scope = world.pool.scope(accountOf('a'))
  const lease = watch(getConnection(scope))
  await world.clock.advance(10)
  if (!lease.value) throw new Error('no connection')
  run(lease.value, sql).catch(() => undefined)
  return { ...world, scope }
}
