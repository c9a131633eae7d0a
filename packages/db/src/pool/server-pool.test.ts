import { describe, expect, test } from 'vitest'
import { failure } from './fake-server.ts'
import { TURN_MS } from './turn-length.ts'
import { accountOf, getConnection, makeVirtualPool, run, watch } from './virtual-pool.ts'

describe('the order of an acquire', () => {
  test('the last used idle connection of the same tenant comes first', async () => {
    const { clock, pool, fake } = makeVirtualPool()
    const scope = pool.scope(accountOf('a'))
    const both = Promise.all([getConnection(scope), getConnection(scope)])
    await clock.advance(10)
    const [first, second] = await both
    first.release()
    second.release()
    const third = await getConnection(scope)
    expect(third.threadId).toBe(second.threadId)
    expect(fake.sessions.size).toBe(2)
  })

  test('a new connection is opened while the budget allows, and another tenant keeps its own', async () => {
    const { clock, pool, fake } = makeVirtualPool()
    const a = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    a.value?.release()
    const b = watch(getConnection(pool.scope(accountOf('b'))))
    await clock.advance(10)
    expect(b.isSettled).toBe(true)
    expect(fake.log).toEqual(['open a', 'open b'])
  })

  test('with the budget used up, the longest idle connection of another tenant is handed over', async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 3 })
    const a = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    const b = watch(getConnection(pool.scope(accountOf('b'))))
    await clock.advance(10)
    a.value?.release()
    await clock.advance(10)
    b.value?.release()
    const c = watch(getConnection(pool.scope(accountOf('c'))))
    await clock.advance(10)
    expect(c.value?.threadId).toBe(a.value?.threadId)
    expect(fake.log).toEqual(['open a', 'open b', 'handoff a c'])
    expect(fake.sessionsMost).toBe(2)
  })

  test('more tenants than connections: the last one is served like the first', async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 3 })
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const lease = watch(getConnection(pool.scope(accountOf(name))))
      await clock.advance(10)
      expect(lease.isSettled).toBe(true)
      lease.value?.release()
    }
    expect(fake.sessionsMost).toBe(2)
  })

  test("a connection serves its tenant's queue for a turn, then it is handed to who waits", async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2 })
    const own = pool.scope(accountOf('own'))
    const first = watch(getConnection(own))
    const other = watch(getConnection(pool.scope(accountOf('other'))))
    await clock.advance(1)
    const queue = Array.from({ length: 5 }, () => watch(getConnection(own)))
    await clock.advance(7)
    const served = () => queue.filter((next) => next.value)
    for (const lease of [first, ...queue.slice(0, 1)]) {
      lease.value?.release()
      await clock.advance(1)
    }
    expect(served()).toHaveLength(2)
    await clock.advance(TURN_MS)
    queue[1]?.value?.release()
    await clock.advance(TURN_MS)
    expect(other.value).toBeDefined()
    expect(served()).toHaveLength(2)
    expect(fake.log).toEqual(['open own', 'handoff own other'])
  })

  test('who was answered and asks again at once keeps its connection for its turn, though others wait', async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2 })
    const own = pool.scope(accountOf('own'))
    const first = watch(getConnection(own))
    await clock.advance(10)
    const other = watch(getConnection(pool.scope(accountOf('other'))))
    first.value?.release()
    const second = watch(getConnection(own))
    await clock.advance(1)
    expect([second.value?.threadId, other.isSettled]).toEqual([first.value?.threadId, false])
    second.value?.release()
    await clock.advance(10)
    expect(other.value).toBeDefined()
    expect(fake.log).toEqual(['open own', 'handoff own other'])
  })

  test('a queue of callers who give back at once is served without one nesting in the other', async () => {
    const { clock, pool } = makeVirtualPool({ connectionsMax: 2, queueMax: 10_000, tenantQueueMax: 10_000 })
    const scope = pool.scope(accountOf('a'))
    let served = 0
    for (let caller = 0; caller < 10_000; caller++) {
      scope.pool.getConnection((_, lease) => {
        served += 1
        lease.release()
      })
    }
    await clock.advance(50)
    expect(served).toBe(10_000)
  })

  test('a tenant never holds more than its ceiling', async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 10, tenantConnectionsMax: 2 })
    const waits = [1, 2, 3].map(() => watch(getConnection(pool.scope(accountOf('a')))))
    await clock.advance(50)
    expect(waits.map((wait) => wait.isSettled)).toEqual([true, true, false])
    expect(fake.sessions.size).toBe(2)
    waits[0]?.value?.release()
    await clock.advance(1)
    expect(waits[2]?.isSettled).toBe(true)
  })
})

describe('waiting is bounded', () => {
  test('a waiter is refused at its deadline with who holds what', async () => {
    const { clock, pool, events } = makeVirtualPool({ connectionsMax: 2 })
    const holder = watch(getConnection(pool.scope(accountOf('a'), { label: 'report.build' })))
    await clock.advance(10)
    const waiter = watch(getConnection(pool.scope(accountOf('b'), { label: 'chat.send' })))
    await clock.advance(99)
    expect(waiter.isSettled).toBe(false)
    await clock.advance(1)
    expect(waiter.error).toMatchObject({
      code: 'TENANT_BUSY',
      tenant: 'b',
      retryAfterMs: 375,
      stats: { leased: 1, leases: [{ tenant: 'a', label: 'report.build' }] },
    })
    expect(events).toContainEqual({
      type: 'refused',
      tenant: 'b',
      label: 'chat.send',
      reason: 'deadline',
      waitedMs: 100,
    })
    expect(holder.isSettled).toBe(true)
  })

  test('the deadline is absolute: failed attempts on the way do not start it again', async () => {
    const { clock, pool, fake } = makeVirtualPool()
    fake.down = Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' })
    const waiter = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(100)
    expect(waiter.error).toMatchObject({ code: 'SERVER_UNAVAILABLE', tenant: 'a', cause: fake.down })
    expect(pool.stats().waiting).toBe(0)
  })

  test('a connection that arrives after its waiter has gone serves the next, and is not leaked', async () => {
    const { clock, pool, fake } = makeVirtualPool({}, { connectMs: 150 })
    const late = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(110)
    expect(late.error).toMatchObject({ code: 'TENANT_BUSY' })
    await clock.advance(100)
    expect(pool.stats()).toMatchObject({ idle: 1, leased: 0, budget: { inUse: 1 } })
    const next = await getConnection(pool.scope(accountOf('a')))
    expect(next.threadId).toBe(1)
    expect(fake.sessions.size).toBe(1)
  })

  test('ten thousand callers of a server that is down all settle at their deadline', async () => {
    const { clock, pool, fake } = makeVirtualPool({ queueMax: 20_000, tenantQueueMax: 20_000 })
    fake.down = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    const calls = Array.from({ length: 10_000 }, (_, at) =>
      watch(getConnection(pool.scope(accountOf(`t${at % 500}`)))),
    )
    await clock.advance(100)
    expect(calls.filter((call) => !call.isSettled)).toHaveLength(0)
    expect(pool.stats()).toMatchObject({ waiting: 0, leased: 0, budget: { inUse: 0 } })
  })

  test('queues are bounded for each tenant and in total', async () => {
    const { clock, pool } = makeVirtualPool({ connectionsMax: 2, queueMax: 3, tenantQueueMax: 2 })
    const holder = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    const waits = ['a', 'a', 'a', 'b', 'b'].map((name) => watch(getConnection(pool.scope(accountOf(name)))))
    await clock.advance(0)
    expect(waits.map((wait) => wait.isSettled)).toEqual([false, false, true, false, true])
    expect(waits[2]?.error).toMatchObject({
      code: 'TENANT_BUSY',
      message: expect.stringContaining('of this tenant'),
    })
    expect(waits[4]?.error).toMatchObject({
      code: 'TENANT_BUSY',
      message: expect.stringContaining('this server'),
    })
    expect(holder.isSettled).toBe(true)
  })

  test('a scope that asks again while it holds the only connection is refused at the deadline, not hung', async () => {
    const { clock, pool } = makeVirtualPool({ connectionsMax: 2 })
    const scope = pool.scope(accountOf('a'))
    const first = watch(getConnection(scope))
    await clock.advance(10)
    if (first.value) await advancing(clock, run(first.value, 'begin'))
    const second = watch(getConnection(scope))
    await clock.advance(100)
    expect(second.error).toMatchObject({
      code: 'TENANT_BUSY',
      message: expect.stringContaining('holds 1 itself'),
    })
  })
})

describe('fair between tenants', () => {
  test('a freed connection goes to the waiting tenant that holds least, not to who came first', async () => {
    const { clock, pool } = makeVirtualPool({ connectionsMax: 4, tenantConnectionsMax: 3 })
    const flood = Array.from({ length: 6 }, () => watch(getConnection(pool.scope(accountOf('flood')))))
    await clock.advance(20)
    const quiet = watch(getConnection(pool.scope(accountOf('quiet'))))
    await clock.advance(20)
    expect(quiet.isSettled).toBe(false)
    flood[0]?.value?.release()
    await clock.advance(20)
    expect(quiet.isSettled).toBe(true)
    expect(flood.filter((wait) => wait.isSettled)).toHaveLength(3)
  })

  test('no tenant holds more than 40 % while others wait', async () => {
    const { clock, pool } = makeVirtualPool({
      connectionsMax: 10,
      tenantConnectionsMax: 9,
      acquireTimeoutMs: 1_000,
    })
    const flood = (name: string) =>
      Array.from({ length: 18 }, () => watch(getConnection(pool.scope(accountOf(name)))))
    const greedy = flood('a')
    await clock.advance(20)
    flood('b')
    flood('c')
    await clock.advance(20)
    expect(pool.stats().tenants.find((tenant) => tenant.tenant === 'a')?.leased).toBe(9)
    for (const wait of greedy) wait.value?.release()
    await clock.advance(50)
    const held = pool.stats().tenants.map((tenant) => tenant.leased)
    expect(held.reduce((sum, count) => sum + count, 0)).toBe(9)
    expect(Math.max(...held)).toBeLessThanOrEqual(4)
  })

  test('a connection serves its own tenant first only while nobody else has waited longer than a few ms', async () => {
    const { clock, pool, fake } = makeVirtualPool({
      connectionsMax: 3,
      tenantConnectionsMax: 2,
      acquireTimeoutMs: 1_000,
    })
    const a = [1, 2].map(() => watch(getConnection(pool.scope(accountOf('a')))))
    await clock.advance(20)
    const b = watch(getConnection(pool.scope(accountOf('b'))))
    const ownSoon = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(2)
    a[0]?.value?.release()
    await clock.advance(0)
    expect([ownSoon.isSettled, b.isSettled]).toEqual([false, false])
    await clock.advance(20)
    expect(b.isSettled).toBe(true)
    expect(fake.log).toContain('handoff a b')
  })
})

describe('a scope', () => {
  test('ended with leases still out, ends them: nothing more can be sent and the connection is clean', async () => {
    const { clock, pool, fake, events } = makeVirtualPool()
    const scope = pool.scope(accountOf('a'))
    const lease = watch(getConnection(scope))
    await clock.advance(10)
    const connection = lease.value
    if (!connection) throw new Error('no connection')
    await advancing(clock, run(connection, 'begin'))
    await scope.end()
    await expect(run(connection, 'insert')).rejects.toMatchObject({ code: 'SCOPE_ENDED' })
    await expect(getConnection(scope)).rejects.toMatchObject({ code: 'SCOPE_ENDED' })
    await clock.advance(10)
    expect(fake.log).toEqual(['open a', 'a: begin', 'reset a'])
    expect(pool.stats()).toMatchObject({ idle: 1, leased: 0 })
    expect(events).toContainEqual({ type: 'scope-ended-early', tenant: 'a', label: 'unnamed', leases: 1 })
  })

  test('aborted, leaves the queue and has its running statement killed; the permit returns when the thread is gone', async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2 })
    const abort = new AbortController()
    const scope = pool.scope(accountOf('a'), { signal: abort.signal })
    const lease = watch(getConnection(scope))
    await clock.advance(10)
    if (!lease.value) throw new Error('no connection')
    const statement = watch(run(lease.value, 'work 10000'))
    const waiter = watch(getConnection(scope))
    abort.abort()
    await clock.advance(0)
    expect(statement.error).toMatchObject({ code: 'ABORTED' })
    expect(waiter.error).toMatchObject({ code: 'ABORTED' })
    expect(pool.stats().budget.inUse).toBe(2)
    await clock.advance(50)
    expect(fake.log).toContain('a: kill 1')
    expect(pool.stats().budget.inUse).toBe(0)
  })

  test('aborted before it began, takes nothing', async () => {
    const { clock, pool, fake } = makeVirtualPool()
    const scope = pool.scope(accountOf('a'), { signal: AbortSignal.abort() })
    await expect(getConnection(scope)).rejects.toMatchObject({ code: 'ABORTED' })
    await clock.advance(10)
    expect(fake.log).toEqual([])
  })

  test('a connection given back twice is logged and given to one only', async () => {
    const { clock, pool, events } = makeVirtualPool({ connectionsMax: 2 })
    const first = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    first.value?.release()
    const second = await getConnection(pool.scope(accountOf('a')))
    first.value?.release()
    const third = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    expect(third.isSettled).toBe(false)
    expect(events).toContainEqual({ type: 'released-twice', tenant: 'a', label: 'unnamed' })
    second.release()
    await clock.advance(1)
    expect(third.isSettled).toBe(true)
  })
})

describe('clean and alive', () => {
  test.each(['begin', 'set'])(
    'after "%s" the connection is reset before anybody else has it',
    async (sql) => {
      const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2 })
      const first = watch(getConnection(pool.scope(accountOf('a'))))
      await clock.advance(10)
      if (!first.value) throw new Error('no connection')
      await advancing(clock, run(first.value, sql))
      first.value.release()
      const next = watch(getConnection(pool.scope(accountOf('a'))))
      await clock.advance(0)
      expect(next.isSettled).toBe(false)
      await clock.advance(5)
      expect(next.isSettled).toBe(true)
      expect(fake.log).toContain('reset a')
    },
  )

  test('nothing of a tenant is left behind after others were refused for want of a connection', async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2 })
    const first = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    if (!first.value) throw new Error('no connection')
    await advancing(clock, run(first.value, 'set'))
    const refused = watch(getConnection(pool.scope(accountOf('b'))))
    await clock.advance(100)
    expect(refused.error).toMatchObject({ code: 'TENANT_BUSY', tenant: 'b' })
    first.value.release()
    const next = watch(getConnection(pool.scope(accountOf('c'))))
    await clock.advance(10)
    if (!next.value) throw new Error('no connection')
    await expect(advancing(clock, run(next.value, 'select'))).resolves.toEqual([{ user: 'c' }])
    expect(fake.log).toEqual(['open a', 'a: set', 'reset a', 'handoff a c', 'c: select'])
  })

  test('a clean return costs no round trip', async () => {
    const { clock, pool, fake } = makeVirtualPool()
    const first = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    if (!first.value) throw new Error('no connection')
    await advancing(clock, run(first.value, 'select'))
    first.value.release()
    await getConnection(pool.scope(accountOf('a')))
    expect(fake.log).toEqual(['open a', 'a: select'])
  })

  test('a handoff that the server refuses destroys the connection and refuses the tenant, not the others', async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2 })
    const first = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    first.value?.release()
    fake.refusedUsers.add('b')
    const refused = [1, 2, 3].map(() => watch(getConnection(pool.scope(accountOf('b')))))
    await clock.advance(5)
    for (const wait of refused) expect(wait.error).toMatchObject({ code: 'TENANT_UNREACHABLE', tenant: 'b' })
    await clock.advance(100)
    expect(fake.sessions.size).toBe(0)
    const again = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    expect(again.value?.threadId).not.toBe(first.value?.threadId)
  })

  test('fifty callers of a tenant with a wrong password cost one failed login', async () => {
    const { clock, pool, fake, events } = makeVirtualPool({ connectionsMax: 20, tenantConnectionsMax: 20 })
    fake.refusedUsers.add('a')
    const calls = Array.from({ length: 50 }, () => watch(getConnection(pool.scope(accountOf('a')))))
    await clock.advance(10)
    for (const call of calls) expect(call.error).toMatchObject({ code: 'TENANT_UNREACHABLE', tenant: 'a' })
    expect(events.filter((event) => event.type === 'open-failed')).toHaveLength(1)
    fake.refusedUsers.delete('a')
    const again = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    expect(again.value).toBeDefined()
  })

  test('a handoff without an answer ends within its bound, and nobody gets the connection', async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2, acquireTimeoutMs: 10_000 })
    const first = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    first.value?.release()
    fake.isSilent = true
    const waiter = watch(getConnection(pool.scope(accountOf('b'))))
    await clock.advance(2_005)
    fake.isSilent = false
    await clock.advance(6_000)
    expect(waiter.value?.threadId).not.toBe(1)
    expect(waiter.isSettled).toBe(true)
  })

  test('a connection that rested is pinged before use, and a dead one costs the caller no error', async () => {
    const { clock, pool, fake, events } = makeVirtualPool({ acquireTimeoutMs: 3_000 })
    const first = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    first.value?.release()
    await clock.advance(5_000)
    fake.isSilent = true
    const next = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(2_999)
    expect(pool.stats().counters.pings).toBe(1)
    expect(next.isSettled).toBe(true)
    expect(next.value?.threadId).toBeGreaterThan(1)
    expect(events.filter((event) => event.type === 'refused')).toEqual([])
  })

  test('an idle connection is closed after its time, and with the last one the timers stop', async () => {
    const { clock, pool, fake } = makeVirtualPool({ idleMs: 1_000 })
    const first = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    first.value?.release()
    await clock.advance(2_000)
    expect(fake.sessions.size).toBe(0)
    expect(pool.stats()).toMatchObject({ budget: { inUse: 0 }, tenants: [] })
  })

  test('a connection taken between "is it old?" and "close it" is not closed under its user', async () => {
    const { clock, pool, fake } = makeVirtualPool({ idleMs: 400 })
    const first = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    first.value?.release()
    const taken: Promise<unknown>[] = []
    for (let ms = 380; ms <= 520; ms += 20) fake.clock.after(ms, () => taken.push(useBriefly()))
    const useBriefly = async () => {
      const connection = await getConnection(pool.scope(accountOf('a')))
      await run(connection, 'work 5')
      connection.release()
    }
    await clock.advance(1_000)
    await expect(Promise.all(taken)).resolves.toHaveLength(8)
  })

  test('the idle timer never closes a leased connection, also inside a long transaction', async () => {
    const { clock, pool } = makeVirtualPool({ idleMs: 100, leaseMaxMs: 100_000, leaseWarnMs: 90_000 })
    const lease = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    if (!lease.value) throw new Error('no connection')
    await advancing(clock, run(lease.value, 'begin'))
    await clock.advance(10_000)
    await expect(advancing(clock, run(lease.value, 'commit'))).resolves.toBeDefined()
  })

  test('a connection that the server closed while idle is never given to anybody', async () => {
    const { clock, pool, fake } = makeVirtualPool()
    const first = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    first.value?.release()
    for (const link of fake.sessions) fake.cut(link)
    const next = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    expect(next.value?.threadId).toBe(2)
    await clock.advance(100)
    expect(pool.stats().budget.inUse).toBe(1)
  })

  test('a statement whose connection is lost fails with CONNECTION_LOST and is never sent again', async () => {
    const { clock, pool, fake } = makeVirtualPool()
    const lease = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    if (!lease.value) throw new Error('no connection')
    const commit = watch(run(lease.value, 'work 50'))
    for (const link of fake.sessions) fake.cut(link)
    await clock.advance(0)
    expect(commit.error).toMatchObject({ code: 'CONNECTION_LOST', tenant: 'a' })
    lease.value.release()
    await clock.advance(100)
    expect(fake.log.filter((line) => line === 'a: work 50')).toHaveLength(1)
    expect(pool.stats().budget.inUse).toBe(0)
  })
})

describe('a lease held too long', () => {
  test('is reported with where its scope was opened, then taken back and its thread killed', async () => {
    const { clock, pool, fake, events } = makeVirtualPool({ leaseWarnMs: 100, leaseMaxMs: 300 })
    const lease = watch(getConnection(pool.scope(accountOf('a'), { label: 'report.build' })))
    await clock.advance(10)
    if (!lease.value) throw new Error('no connection')
    const statement = watch(run(lease.value, 'work 100000'))
    await clock.advance(200)
    expect(events.map((event) => event.type)).toEqual(['served', 'lease-long'])
    expect(events[1]).toMatchObject({
      label: 'report.build',
      stack: expect.stringContaining('server-pool.test'),
    })
    await clock.advance(300)
    expect(statement.error).toMatchObject({ code: 'LEASE_RECLAIMED', tenant: 'a' })
    await expect(run(lease.value, 'select')).rejects.toMatchObject({ code: 'LEASE_RECLAIMED' })
    expect(fake.sessions.size).toBe(0)
    expect(pool.stats()).toMatchObject({ budget: { inUse: 0 }, counters: { reclaimed: 1, kills: 1 } })
  })
})

describe('the budget', () => {
  test.each([1040, 1203])('%i from the server is waited out and never seen by the caller', async (errno) => {
    const { clock, pool, fake, events } = makeVirtualPool({ acquireTimeoutMs: 3_000 })
    fake.down = failure(errno, 'Too many connections')
    const waiter = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(500)
    expect(waiter.isSettled).toBe(false)
    expect(events).toContainEqual(expect.objectContaining({ type: 'budget-shrunk' }))
    fake.down = undefined
    await clock.advance(2_000)
    expect(waiter.value?.threadId).toBe(1)
  })

  test('1226 is waited out by the account that it is about, and by nobody else', async () => {
    const { clock, pool, fake, events } = makeVirtualPool({ acquireTimeoutMs: 3_000 })
    fake.down = failure(1226, 'has exceeded max_user_connections')
    const waiter = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(500)
    expect(waiter.isSettled).toBe(false)
    expect(events).not.toContainEqual(expect.objectContaining({ type: 'budget-shrunk' }))
    fake.down = undefined
    await clock.advance(10)
    const other = watch(getConnection(pool.scope(accountOf('b'))))
    await clock.advance(10)
    expect(other.isSettled).toBe(true)
    await clock.advance(500)
    expect(waiter.isSettled).toBe(true)
  })

  test('counts a connection of another kind, and makes room for it by closing the longest idle one', async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2 })
    const first = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    first.value?.release()
    const work = watch(pool.withPermit('migrate', async () => fake.sessions.size))
    await clock.advance(50)
    expect(work.value).toBe(0)
    expect(pool.stats().budget.inUse).toBe(0)
  })

  test('gives the permit back when the work throws', async () => {
    const { clock, pool } = makeVirtualPool({ connectionsMax: 2 })
    const work = watch(pool.withPermit('migrate', () => Promise.reject(new Error('broken'))))
    await clock.advance(10)
    expect(work.error).toMatchObject({ message: 'broken' })
    expect(pool.stats().budget.inUse).toBe(0)
  })

  test('an abort ends the wait for a permit', async () => {
    const { clock, pool } = makeVirtualPool({ connectionsMax: 2 })
    const holder = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    const abort = new AbortController()
    const work = watch(pool.withPermit('migrate', async () => 'ran', { signal: abort.signal }))
    abort.abort()
    await clock.advance(0)
    expect(work.error).toMatchObject({ code: 'ABORTED' })
    expect(holder.isSettled).toBe(true)
  })

  test('of less than two connections is refused by name', () => {
    expect(() => makeVirtualPool({ connectionsMax: 1 })).toThrow(/connectionsMax.*at least 2/)
  })
})

describe('evicting and closing', () => {
  test('an evicted account holds nothing on the server, its waiters are told, and it may come back', async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 3 })
    const idle = watch(getConnection(pool.scope(accountOf('a'))))
    const leased = watch(getConnection(pool.scope(accountOf('a'))))
    const waiting = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    const evicted = watch(pool.evict('a'))
    idle.value?.release()
    await clock.advance(100)
    expect(waiting.error).toMatchObject({ code: 'TENANT_BUSY' })
    expect(evicted.isSettled).toBe(false)
    const meanwhile = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(2_000)
    expect(meanwhile.error).toMatchObject({ code: 'TENANT_BUSY' })
    expect(evicted.isSettled).toBe(true)
    expect(fake.sessions.size).toBe(0)
    if (!leased.value) throw new Error('no connection')
    await expect(run(leased.value, 'select')).rejects.toMatchObject({ code: 'LEASE_RECLAIMED' })
    const again = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(10)
    expect(again.value).toBeDefined()
  })

  test('a connection being opened while its account is evicted is closed on arrival', async () => {
    const { clock, pool, fake } = makeVirtualPool({}, { connectMs: 20 })
    const waiter = watch(getConnection(pool.scope(accountOf('a'))))
    await clock.advance(5)
    const evicted = watch(pool.evict('a'))
    await clock.advance(100)
    expect(waiter.error).toMatchObject({ code: 'TENANT_BUSY' })
    expect(evicted.isSettled).toBe(true)
    expect(fake.sessions.size).toBe(0)
  })

  test('closing refuses new work, waits for leases, ends what is left and gives everything back', async () => {
    const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 3 })
    const lease = watch(getConnection(pool.scope(accountOf('a'))))
    const other = watch(getConnection(pool.scope(accountOf('b'))))
    const waiting = watch(getConnection(pool.scope(accountOf('c'))))
    await clock.advance(10)
    if (!lease.value) throw new Error('no connection')
    const statement = watch(run(lease.value, 'work 100000'))
    const closed = watch(pool.close({ graceMs: 200 }))
    await clock.advance(100)
    expect(waiting.error).toMatchObject({ code: 'CLOSED' })
    await expect(getConnection(pool.scope(accountOf('a')))).rejects.toMatchObject({ code: 'CLOSED' })
    other.value?.release()
    expect(closed.isSettled).toBe(false)
    await clock.advance(400)
    expect(statement.error).toMatchObject({ code: 'CLOSED' })
    expect(closed.isSettled).toBe(true)
    expect(fake.sessions.size).toBe(0)
    expect(pool.stats().budget.inUse).toBe(0)
  })
})

async function advancing<T>(clock: { advance(ms: number): Promise<void> }, work: Promise<T>): Promise<T> {
  await clock.advance(0)
  return work
}
