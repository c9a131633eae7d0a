import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { HIDDEN_MS } from '../src/pool/closer.ts'
import { failure } from '../src/pool/fake-server.ts'
import { IdleStacks } from '../src/pool/idle-stacks.ts'
import type { Member } from '../src/pool/member.ts'
import { TenantPool } from '../src/pool/tenant-pool.ts'
import { accountOf, getConnection, makeVirtualPool, run, watch } from '../src/pool/virtual-pool.ts'

test('a password that cannot be had breaks its tenant alone: TENANT_UNREACHABLE at once, and others are served', async () => {
  const { clock, pool } = makeVirtualPool()
  const broken = {
    ...accountOf('a'),
    password: () => {
      throw new Error('the secret cannot be unsealed')
    },
  }
  const refused = watch(getConnection(pool.scope(broken)))
  await clock.advance(1)
  expect(refused.error).toMatchObject({ code: 'TENANT_UNREACHABLE', tenant: 'a' })
  const other = watch(getConnection(pool.scope(accountOf('b'))))
  await clock.advance(5)
  expect(other.value).toBeDefined()
})

test('a password changed while connections of its tenant are open: the new one is asked for, the old one never again', async () => {
  const { clock, pool } = makeVirtualPool()
  const asked: string[] = []
  const accountWith = (password: string) => ({
    ...accountOf('a'),
    password: () => {
      asked.push(password)
      return password
    },
  })
  watch(getConnection(pool.scope(accountWith('old'))))
  await clock.advance(10)
  asked.length = 0
  watch(getConnection(pool.scope(accountWith('new'))))
  await clock.advance(10)
  expect([...new Set(asked)]).toEqual(['new'])
})

test('a login that was looked up before a change is not gone back to', async () => {
  const { clock, pool } = makeVirtualPool()
  const asked: string[] = []
  const accountWith = (version: number) => ({
    ...accountOf('a'),
    version,
    password: () => {
      asked.push(`version ${version}`)
      return 'secret'
    },
  })
  watch(getConnection(pool.scope(accountWith(2))))
  await clock.advance(10)
  watch(getConnection(pool.scope(accountWith(1))))
  await clock.advance(10)
  expect([...new Set(asked)]).toEqual(['version 2'])
})

test('an account that has as many connections as it may is not handed one after the other meanwhile', async () => {
  const { clock, pool, fake } = makeVirtualPool({ acquireTimeoutMs: 10_000 })
  const leases = [1, 2, 3].map(() => watch(getConnection(pool.scope(accountOf('a')))))
  await clock.advance(10)
  for (const lease of leases) lease.value?.release()
  let refusals = 0
  for (const thread of fake.sessions) {
    thread.handoff = async () => {
      refusals += 1
      throw failure(1226, 'has exceeded max_user_connections')
    }
  }
  const next = watch(getConnection(pool.scope(accountOf('b'))))
  await clock.advance(20)
  expect([refusals, next.isSettled]).toEqual([1, false])
  await clock.advance(5_000)
  expect(next.value).toBeDefined()
})

test('a reset without an answer: what it should have cleaned reaches nobody', async () => {
  const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2, acquireTimeoutMs: 10_000 })
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  if (!first.value) throw new Error('no connection')
  const changed = run(first.value, 'set')
  await clock.advance(0)
  await changed
  fake.isSilent = true
  first.value.release()
  await clock.advance(2_001)
  fake.isSilent = false
  const next = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(5_000)
  expect(next.isSettled).toBe(true)
  expect(next.value?.threadId).not.toBe(1)
})

test('a connection that breaks with the last byte of its handoff is given to nobody', async () => {
  const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2, acquireTimeoutMs: 1_000 })
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  first.value?.release()
  for (const thread of fake.sessions) {
    const handoff = thread.handoff.bind(thread)
    thread.handoff = async (login) => {
      await handoff(login)
      fake.cut(thread)
    }
  }
  const next = watch(getConnection(pool.scope(accountOf('b'))))
  await clock.advance(500)
  expect(next.value?.threadId).toBeGreaterThan(1)
})

test('after the server refused for others, the budget is what we hold, until it has let somebody in again', async () => {
  const { clock, pool, fake } = makeVirtualPool({ acquireTimeoutMs: 1_000 }, { connectionsMax: 1 })
  watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  watch(getConnection(pool.scope(accountOf('b'))))
  await clock.advance(3)
  expect(pool.stats().budget).toEqual({ max: 4, limit: 2, inUse: 1 })
  fake.connectionsMax = Infinity
  await clock.advance(900)
  expect(pool.stats().budget).toEqual({ max: 4, limit: 4, inUse: 2 })
})

test('a failing server is tried by one at a time, with pauses, however many wait', async () => {
  const { clock, pool, fake, events } = makeVirtualPool({ acquireTimeoutMs: 2_000 })
  fake.down = Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' })
  for (const name of ['a', 'b', 'c']) watch(getConnection(pool.scope(accountOf(name))))
  await clock.advance(1_000)
  expect(events.filter((event) => event.type === 'open-failed').length).toBeLessThan(12)
})

test('a close without an answer keeps its permit, until its bound has passed and the thread was ended', async () => {
  const { clock, pool, fake } = makeVirtualPool()
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  first.value?.release()
  const thread = link(fake)
  outlivesItsSocket(thread)
  thread.end = () => new Promise(() => undefined)
  void pool.evict('a')
  await clock.advance(1_500)
  expect(pool.stats().budget.inUse).toBe(1)
  await clock.advance(3_000)
  expect(fake.log).toContain('a: kill 1')
  expect(pool.stats().budget.inUse).toBe(0)
})

test('a permit returns when the server has stopped counting, a moment after it closed', async () => {
  const { clock, pool, fake } = makeVirtualPool()
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  first.value?.release()
  void pool.evict('a')
  await clock.advance(10)
  expect([fake.sessions.size, pool.stats().budget.inUse]).toEqual([0, 1])
  await clock.advance(50)
  expect(pool.stats().budget.inUse).toBe(0)
})

test('a connection that lost its socket is not asked to quit: its thread is looked for and ended', async () => {
  const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2, acquireTimeoutMs: 1_000 })
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  first.value?.release()
  const thread = link(fake)
  outlivesItsSocket(thread)
  const handoff = thread.handoff.bind(thread)
  thread.handoff = async (login) => {
    await handoff(login)
    thread.isOpen = false
  }
  watch(getConnection(pool.scope(accountOf('b'))))
  await clock.advance(500)
  expect(fake.log).toContain('b: kill 1')
})

test('a thread that takes its time to end keeps its permit, and is not taken for gone because it was told to go', async () => {
  const { clock, pool, fake } = makeVirtualPool()
  const scope = pool.scope(accountOf('a'))
  const first = watch(getConnection(scope))
  await clock.advance(10)
  if (!first.value) throw new Error('no connection')
  run(first.value, 'work 100000').catch(() => undefined)
  for (const thread of fake.sessions) {
    const close = thread.serverCloses.bind(thread)
    thread.serverCloses = () => void clock.after(300, close)
  }
  await scope.end()
  await clock.advance(200)
  expect([fake.sessions.has(link(fake)), pool.stats().budget.inUse > 0]).toEqual([true, true])
  await clock.advance(3_000)
  expect(pool.stats().budget.inUse).toBe(0)
})

test('what has gone by itself is not killed: the number may be somebody else by now', async () => {
  const { clock, pool, fake } = makeVirtualPool()
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  first.value?.release()
  fake.cut(link(fake))
  await clock.advance(200)
  expect(fake.log.filter((line) => line.includes('kill'))).toEqual([])
  expect(pool.stats()).toMatchObject({ budget: { inUse: 0 }, counters: { kills: 0 } })
})

test('a handoff without an answer: the thread is found under the account that it had', async () => {
  const { clock, pool, fake } = await withSilentHandoff()
  await clock.advance(HIDDEN_MS + 500)
  expect(fake.log).toContain('a: kill 1')
  expect(pool.stats().counters.kills).toBe(1)
})

test('a handoff without an answer, refused by the server while it is looked for: found all the same', async () => {
  const { clock, fake } = await withSilentHandoff((thread) => {
    const known = ['b', 'a', 'a']
    Object.defineProperty(thread, 'user', { get: () => known.shift() ?? 'a' })
  })
  await clock.advance(HIDDEN_MS + 500)
  expect(fake.log).toContain('a: kill 1')
})

test('while a handoff hangs nobody sees the thread: it is looked for later, and its permit is kept so long', async () => {
  const { clock, pool, fake } = await withSilentHandoff((thread, { now }) => {
    const hiddenUntil = now() + 1_000
    Object.defineProperty(thread, 'user', { get: () => (now() < hiddenUntil ? '' : 'a') })
  })
  await clock.advance(1_400)
  expect(pool.stats().budget.inUse).toBe(1)
  await clock.advance(500)
  expect(fake.log).toContain('a: kill 1')
})

test('a login that broke off keeps its permit for a second, one that the server refused for a moment', async () => {
  const { clock, pool, fake } = makeVirtualPool()
  const ask = () => watch(getConnection(pool.scope(accountOf('a'))))
  fake.down = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
  ask()
  await clock.advance(10)
  fake.down = undefined
  await clock.advance(900)
  expect(pool.stats().closing).toBe(1)
  await clock.advance(200)
  expect(pool.stats().closing).toBe(0)
  fake.refusedUsers.add('b')
  watch(getConnection(pool.scope(accountOf('b'))))
  await clock.advance(100)
  expect(pool.stats().closing).toBe(0)
})

test('an account that was refused is tried with a login of its own, for which an idle connection is closed', async () => {
  const { clock, pool, fake } = makeVirtualPool({ connectionsMax: 2 })
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  first.value?.release()
  fake.refusedUsers.add('b')
  const refused = watch(getConnection(pool.scope(accountOf('b'))))
  await clock.advance(3_000)
  expect(refused.error).toMatchObject({ code: 'TENANT_UNREACHABLE' })
  expect(pool.stats().counters.handoffs).toBe(1)
  const again = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  again.value?.release()
  const second = watch(getConnection(pool.scope(accountOf('b'))))
  await clock.advance(90)
  expect(second.error).toMatchObject({ code: 'TENANT_UNREACHABLE' })
  expect(pool.stats().counters.handoffs).toBe(1)
  fake.refusedUsers.delete('b')
  for (const [name, handoffs] of [
    ['b', 1],
    ['a', 2],
    ['b', 3],
  ] as const) {
    const served = watch(getConnection(pool.scope(accountOf(name))))
    await clock.advance(90)
    served.value?.release()
    expect(pool.stats().counters.handoffs).toBe(handoffs)
  }
})

test('a killer that gets no answer tries again', async () => {
  const { clock, pool, fake } = makeVirtualPool()
  const scope = pool.scope(accountOf('a'))
  const first = watch(getConnection(scope))
  await clock.advance(10)
  if (!first.value) throw new Error('no connection')
  run(first.value, 'work 100000').catch(() => undefined)
  const open = fake.open.bind(fake)
  fake.open = async (...how) => {
    const silent = await open(...how)
    silent.hasThread = () => new Promise(() => undefined)
    fake.open = open
    return silent
  }
  await scope.end()
  await clock.advance(10_000)
  expect(pool.stats().budget.inUse).toBe(0)
})

test('while an account is evicted nobody is queued for it: told at once, not at the deadline', async () => {
  const { clock, pool } = makeVirtualPool()
  watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  void pool.evict('a')
  await clock.advance(0)
  const next = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(0)
  expect(next.error).toMatchObject({ code: 'TENANT_BUSY', message: expect.stringContaining('being closed') })
})

test('closed means closed: every permit is back when it resolves', async () => {
  const { clock, pool } = makeVirtualPool()
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  first.value?.release()
  const closed = watch(pool.close().then(() => pool.stats().budget.inUse))
  await clock.advance(1_000)
  expect(closed.value).toBe(0)
})

test('what rested as long over a network that fell silent is not tried one by one', async () => {
  const { clock, pool, fake } = makeVirtualPool({ acquireTimeoutMs: 3_000 })
  const scope = pool.scope(accountOf('a'))
  const leases = [1, 2, 3].map(() => watch(getConnection(scope)))
  await clock.advance(10)
  for (const lease of leases) lease.value?.release()
  await clock.advance(2_000)
  fake.isSilent = true
  const next = watch(getConnection(scope))
  await clock.advance(2_500)
  expect(next.value?.threadId).toBeGreaterThan(3)
  expect(pool.stats().counters.pings).toBe(1)
})

test('a stream that is being read when its scope ends says so', async () => {
  const { clock, pool } = makeVirtualPool()
  const scope = pool.scope(accountOf('a'))
  const first = watch(getConnection(scope))
  await clock.advance(10)
  const stream = first.value?.query('work 100', []).stream({ highWaterMark: 1 })
  const failed = new Promise((resolve) => stream instanceof Readable && stream.once('error', resolve))
  await scope.end()
  expect(await failed).toMatchObject({ code: 'SCOPE_ENDED' })
})

test('at the end of its lifetime an idle connection is closed', async () => {
  const { clock, pool, fake } = makeVirtualPool({ idleMs: HOUR })
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  first.value?.release()
  await clock.advance(HOUR / 2)
  expect(fake.sessions.size).toBe(0)
})

test('at the end of its lifetime a busy connection is closed when it comes back', async () => {
  const { clock, pool, fake } = makeVirtualPool({
    idleMs: 4 * HOUR,
    leaseMaxMs: 4 * HOUR,
    leaseWarnMs: 4 * HOUR,
  })
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(HOUR / 2 + 10)
  first.value?.release()
  await clock.advance(5)
  expect(fake.sessions.size).toBe(0)
})

test('with the last connection every timer is gone', async () => {
  const { clock, pool } = makeVirtualPool({ idleMs: 1_000 })
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  first.value?.release()
  await clock.advance(5_000)
  const armed: number[] = []
  const after = clock.after.bind(clock)
  clock.after = (ms, work) => {
    armed.push(ms)
    return after(ms, work)
  }
  await clock.advance(5_000)
  expect(armed).toEqual([])
})

test('what is not at rest cannot be taken out of it, and nothing else goes in its place', async () => {
  const { fake } = makeVirtualPool()
  const tenant = new TenantPool(accountOf('a'))
  const stacks = new IdleStacks()
  const [resting, busy] = await Promise.all([memberOf(tenant, 1), memberOf(tenant, 2)])
  stacks.push(resting, 0)
  expect(fake.sessions.size).toBe(0)
  expect([stacks.remove(busy), stacks.size, tenant.idle]).toEqual([false, 1, [resting]])
})

const HOUR = 60 * 60_000

async function memberOf(tenant: TenantPool, openedAt: number): Promise<Member> {
  const { clock, fake } = makeVirtualPool()
  const opening = fake.open({ user: 'a', password: 'b', database: 'c' }, () => undefined)
  await clock.advance(10)
  const state = 'turning' as const
  return {
    link: await opening,
    openedAt,
    expiresAt: HOUR,
    tenant,
    user: tenant.account.user,
    leaving: undefined,
    state,
    idleSince: 0,
  }
}

type Fake = ReturnType<typeof makeVirtualPool>['fake']

function link(fake: Fake) {
  const [only] = fake.sessions
  if (!only) throw new Error('no session')
  return only
}

/** As a thread does that the server has no time for, or that was killed in the middle of something. */
function outlivesItsSocket(thread: ReturnType<typeof link>): void {
  thread.destroy = () => {
    thread.isOpen = false
  }
}

/** A connection of a's that should have become b's, and the server has said nothing for as long as it may. */
async function withSilentHandoff(
  prepare: (thread: object, time: { now(): number }) => void = () => undefined,
) {
  const world = makeVirtualPool({ connectionsMax: 2, acquireTimeoutMs: 10_000 })
  const { clock, pool, fake } = world
  const first = watch(getConnection(pool.scope(accountOf('a'))))
  await clock.advance(10)
  first.value?.release()
  fake.isSilent = true
  const thread = link(fake)
  outlivesItsSocket(thread)
  watch(getConnection(pool.scope(accountOf('b'))))
  await clock.advance(1_999)
  prepare(thread, { now: () => clock.now() })
  fake.isSilent = false
  await clock.advance(2)
  return world
}
