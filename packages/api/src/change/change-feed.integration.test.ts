import type { Database } from '@sarai/db'
import { adminQuery, createTestDatabase, type TestDatabase } from '@sarai/db/testing'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { loadAccess } from '../permission/access.ts'
import { createTestDesk, openTestApi, type TestApi, type TestDesk, type TestMember } from '../testing.ts'
import type { PositionedEvent } from './change-event.ts'
import { type ChangeFeed, type ChangeFeedOptions, createChangeFeed } from './change-feed.ts'
import type { Change } from './change.ts'
import type { FeedSettings } from './feed-settings.ts'
import { pruneChanges } from './prune-changes.ts'
import { FEED_LABEL } from './tail.ts'
import { transact } from './transact.ts'

let api: TestApi
let desk: TestDesk
let agent: TestMember

beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(async () => {
  desk = await createTestDesk(api)
  agent = await desk.addMember('agent')
  return () => desk[Symbol.asyncDispose]()
})

/** Polls are for other processes. Where a test has only one, a poll must not be what makes it pass. */
const NO_POLL = { pollMs: 3_600_000 }
/** A busy machine is no failure. */
const PATIENTLY = { timeout: 30_000 }

describe('a stream', () => {
  test('says where it begins, then brings every change in commit order', async () => {
    await using feed = openFeed()
    await write(feed, 3)
    const stream = await follow(feed)
    expect(await take(stream, 1)).toEqual([{ seq: 3, event: { type: 'ready' } }])
    await Promise.all(Array.from({ length: 20 }, () => write(feed, 2)))
    expect(seqs(await take(stream, 40))).toEqual(range(4, 43))
  })

  test('that broke before the first change resumes from its beginning', async () => {
    await using feed = openFeed()
    await write(feed, 2)
    const stream = await follow(feed)
    const [ready] = await take(stream, 1)
    await stream.return()
    await write(feed, 2)
    expect(seqs(await take(await follow(feed, { afterSeq: ready?.seq }), 2))).toEqual([3, 4])
  })

  test('that disconnects and resumes at random places under load brings each change exactly once', async () => {
    await using feed = openFeed({ ring: { changesMax: 20, sizeMax: 1e6 }, pageMax: 7 })
    const readers = Array.from({ length: 8 }, () => readWithBreaks(feed, 150))
    await Promise.all(Array.from({ length: 30 }, () => writeSlowly(feed, 5)))
    for (const heard of await Promise.all(readers)) expect(heard).toEqual(range(1, 150))
  })

  test('that is slower than the ring reads what it lacks from the table', async () => {
    await using feed = openFeed({ ring: { changesMax: 3, sizeMax: 1e6 }, pageMax: 4 })
    const stream = await follow(feed)
    await take(stream, 1)
    await write(feed, 30)
    await take(await follow(feed, { afterSeq: 29 }), 1)
    expect(seqs(await take(stream, 30))).toEqual(range(1, 30))
  })

  test('that asks for what is not kept any more is told to begin again', async () => {
    await using feed = openFeed({ ring: { changesMax: 3, sizeMax: 1e6 } })
    await write(feed, 20)
    expect(await prune(10)).toBe(10)
    expect(await take(await follow(feed, { afterSeq: 9 }), 1)).toEqual([
      { seq: 20, event: { type: 'reset' } },
    ])
    expect(seqs(await take(await follow(feed, { afterSeq: 10 }), 10))).toEqual(range(11, 20))
  })

  test('that has been told to begin again goes on from there', async () => {
    await using feed = openFeed()
    await write(feed, 5)
    await prune(0)
    const stream = await follow(feed, { afterSeq: 2 })
    expect(await take(stream, 1)).toEqual([{ seq: 5, event: { type: 'reset' } }])
    await write(feed, 1)
    expect(seqs(await take(stream, 1))).toEqual([6])
  })

  test('that asks for a future which never was is told to begin again', async () => {
    await using feed = openFeed()
    await write(feed, 5)
    expect(await take(await follow(feed, { afterSeq: 999 }), 1)).toEqual([
      { seq: 5, event: { type: 'reset' } },
    ])
  })

  test('whose last position is the present waits and is not told to begin again, even if all is pruned', async () => {
    await using feed = openFeed()
    await write(feed, 5)
    await prune(0)
    const stream = await follow(feed, { afterSeq: 5 })
    const next = take(stream, 1)
    await sleep(20)
    await write(feed, 1)
    expect(seqs(await next)).toEqual([6])
  })

  test('goes on after the database was restored to an earlier state', async () => {
    await using feed = openFeed({ pollMs: 20 })
    const stream = await follow(feed)
    await take(stream, 1)
    await write(feed, 5)
    await take(stream, 5)
    await inTenant((db) => db.deleteFrom('changes').where('seq', '>', 2).execute())
    await inTenant((db) => db.updateTable('change_counter').set({ last_seq: 2 }).execute())
    expect(await take(stream, 1)).toEqual([{ seq: 2, event: { type: 'reset' } }])
    await write(feed, 1)
    expect(seqs(await take(stream, 1))).toEqual([3])
  })
})

describe('what a reader sees', () => {
  test('follows from what they may do', async () => {
    await using feed = openFeed()
    await write(feed, [
      { kind: 'conversation.read', entityId: 'c', userId: agent.user.id, lastReadSeq: 1 },
      { kind: 'conversation.read', entityId: 'c', userId: 'somebody else', lastReadSeq: 1 },
      { kind: 'role.changed', entityId: 'r' },
    ])
    expect(seqs(await take(await follow(feed, { afterSeq: 0 }), 2))).toEqual([1, 3])
  })

  test('of an owner is everything, also what their role does not say in so many words', async () => {
    await using feed = openFeed()
    const owner = await desk.addMember('owner')
    await inTenant((db) => db.deleteFrom('role_permissions').execute())
    const stream = await follow(feed, { member: owner })
    await take(stream, 1)
    await write(feed, 1)
    expect(seqs(await take(stream, 1))).toEqual([1])
  })

  test('is never anything of another tenant, though both are woken', async () => {
    await using other = await createTestDesk(api)
    const stranger = await other.addMember('agent')
    await using feed = openFeed()
    const streams = [await follow(feed), await follow(feed, { desk: other, member: stranger })] as const
    await Promise.all(streams.map((stream) => take(stream, 1)))
    await Promise.all([write(feed, 5), write(feed, 7, other)])
    feed.wake(other.tenant.id)
    feed.wake(desk.tenant.id)
    const [own, foreign] = await Promise.all([take(streams[0], 5), take(streams[1], 7)])
    expect(entities(own)).toEqual(new Set([desk.tenantKey]))
    expect(entities(foreign)).toEqual(new Set([other.tenantKey]))
  })
})

describe('a stream ends', () => {
  test('when its reader is removed, at once if that is announced', async () => {
    await using feed = openFeed()
    const stream = await follow(feed)
    await take(stream, 1)
    await inTenant((db) => db.updateTable('members').set({ removed_at: new Date() }).execute())
    await write(feed, 1)
    await expect(take(stream, 1)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('and brings nothing of what was committed together with the removal', async () => {
    await using feed = openFeed()
    const stream = await follow(feed)
    await take(stream, 1)
    await inTenant((db) => db.updateTable('members').set({ removed_at: new Date() }).execute())
    await write(feed, [readBy(agent), { kind: 'role.changed', entityId: 'r' }, readBy(agent)])
    await expect(take(stream, 1)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('when the membership is gone, though nobody announces it', async () => {
    await using feed = openFeed({ pollMs: 20, accessRecheckMs: 0 })
    const stream = await follow(feed)
    await take(stream, 1)
    await api.database.master.deleteFrom('memberships').where('user_id', '=', agent.user.id).execute()
    await expect(take(stream, 1)).rejects.toMatchObject({ code: 'TENANT_UNKNOWN' })
  })

  test('when the role no longer allows to read', async () => {
    await using feed = openFeed()
    const stream = await follow(feed)
    await take(stream, 1)
    await inTenant((db) => db.deleteFrom('role_permissions').where('permission', '=', 'chat:read').execute())
    await write(feed, 1)
    await expect(take(stream, 1)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('when the tenant is suspended', async () => {
    await using feed = openFeed({ pollMs: 20 })
    const stream = await follow(feed)
    await take(stream, 1)
    await api.database.setTenantStatus(desk.tenantKey, 'suspended')
    await expect(take(stream, 1)).rejects.toMatchObject({ code: 'TENANT_SUSPENDED' })
  })

  test('with CLOSED when the process stops', async () => {
    await using feed = openFeed()
    const stream = await follow(feed)
    await take(stream, 1)
    const next = take(stream, 1)
    feed.close()
    await expect(next).rejects.toMatchObject({ code: 'CLOSED' })
    await expect(take(await follow(feed), 1)).rejects.toMatchObject({ code: 'CLOSED' })
  })

  test('without an error when its reader leaves in the middle of waiting', async () => {
    await using feed = openFeed()
    const reader = new AbortController()
    const stream = await follow(feed, { signal: reader.signal })
    await take(stream, 1)
    const next = stream.next()
    reader.abort()
    expect(await next).toMatchObject({ done: true })
  })
})

describe('many streams', () => {
  test('50 that wait hold no connection', async () => {
    await using feed = openFeed(NO_POLL)
    const streams = await followMany(feed, 50)
    await write(feed, 1)
    await Promise.all(streams.map((stream) => take(stream, 1)))
    expect(api.database.stats().leased).toBe(0)
  })

  test('200 cost a burst of commits no more reads than one does', async () => {
    const { database, scopes } = countScopes(api.database)
    await using feed = openFeed(NO_POLL, database)
    const streams = await followMany(feed, 200)
    const before = scopes()
    await write(feed, 1)
    expect(new Set(seqs((await Promise.all(streams.map((stream) => take(stream, 1)))).flat()))).toEqual(
      new Set([1]),
    )
    expect(scopes() - before).toBe(1)
  })

  test('wakes during a read cause exactly one more', async () => {
    let gate = Promise.resolve()
    const { database, scopes } = countScopes(api.database, () => gate)
    await using feed = openFeed(NO_POLL, database)
    const stream = await follow(feed)
    await take(stream, 1)
    const reading = Promise.withResolvers<void>()
    gate = reading.promise
    const before = scopes()
    for (let count = 0; count < 100; count++) feed.wake(desk.tenant.id)
    expect(scopes() - before).toBe(1)
    reading.resolve()
    await vi.waitFor(() => expect(scopes() - before).toBe(2), PATIENTLY)
    await sleep(50)
    expect(scopes() - before).toBe(2)
  })

  test('are read outside the request that committed, which used to end the read when it ended', async () => {
    const reading = Promise.withResolvers<void>()
    const requestEnded = Promise.withResolvers<void>()
    let gate = () => Promise.resolve()
    const { database } = countScopes(api.database, () => gate())
    await using feed = openFeed(NO_POLL, database)
    const stream = await follow(feed)
    await take(stream, 1)
    gate = () => {
      reading.resolve()
      return requestEnded.promise
    }
    await inTenant(async () => {
      await write(feed, 1)
      await reading.promise
    })
    requestEnded.resolve()
    expect(seqs(await take(stream, 1))).toEqual([1])
  })

  test('are bounded for each member and each tenant, and room comes back when one ends', async () => {
    await using feed = openFeed({ streamsPerUserMax: 2, streamsPerTenantMax: 3 })
    const own = await followMany(feed, 2)
    await expect(take(await follow(feed), 1)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    const others = [await desk.addMember('agent'), await desk.addMember('agent')] as const
    const third = await follow(feed, { member: others[0] })
    await take(third, 1)
    await expect(take(await follow(feed, { member: others[1] }), 1)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    })
    await own[0]?.return()
    await take(await follow(feed, { member: others[1] }), 1)
  })

  test('that were all left cost nothing any more', async () => {
    const { database, scopes } = countScopes(api.database)
    await using feed = openFeed({ pollMs: 5 }, database)
    const reader = new AbortController()
    const stream = await follow(feed, { signal: reader.signal })
    await take(stream, 1)
    reader.abort()
    await stream.next()
    const before = scopes()
    feed.wake(desk.tenant.id)
    await sleep(50)
    expect(scopes()).toBe(before)
  })
})

describe('two processes', () => {
  test('a change committed by one reaches the streams of the other, in order and once', async () => {
    const { server, secret, name } = api.database
    const database = await createTestDatabase({ server, secret, name })
    try {
      await using here = openFeed({ pollMs: 20 })
      await using there = openFeed({ pollMs: 20 }, database)
      const stream = await follow(there)
      await take(stream, 1)
      await Promise.all([write(here, 10), write(there, 10), write(here, 10)])
      expect(seqs(await take(stream, 30))).toEqual(range(1, 30))
    } finally {
      await database.close({ graceMs: 0 })
    }
  })
})

describe('a tenant too busy to be read', () => {
  test('costs its streams nothing but the wait', async () => {
    const { server, secret, name } = api.database
    const pool = { tenantConnectionsMax: 1, acquireTimeoutMs: 20 }
    const busy = await createTestDatabase({ server, secret, name, pool })
    try {
      const { database, refusals } = countScopes(busy)
      await using feed = openFeed({ pollMs: 20 }, database)
      const stream = await follow(feed)
      await take(stream, 1)
      await busy.withTenant(desk.tenantKey, (db) =>
        db.connection().execute(async () => {
          await write(feed, 2)
          await vi.waitFor(() => expect(refusals()).toBeGreaterThan(1), PATIENTLY)
        }),
      )
      expect(seqs(await take(stream, 2))).toEqual([1, 2])
    } finally {
      await busy.close({ graceMs: 0 })
    }
  })
})

describe('what another process changes', () => {
  /** Nothing but the control plane's signal may be what ends or changes a stream here. */
  const NO_RECHECK = { ...NO_POLL, accessRecheckMs: 3_600_000 }
  let elsewhere: TestDatabase

  beforeAll(async () => {
    const { server, secret, name } = api.database
    elsewhere = await createTestDatabase({ server, secret, name, controlPollMs: 20 })
  })
  afterAll(() => elsewhere.close())

  test.each([
    ['suspended', 'TENANT_SUSPENDED'],
    ['archived', 'TENANT_ARCHIVED'],
  ] as const)('ends the streams of a tenant that is %s with the reason', async (status, code) => {
    await using feed = openFeed(NO_RECHECK, elsewhere)
    const stream = await follow(feed)
    await take(stream, 1)
    const ended = expect(take(stream, 1)).rejects.toMatchObject({ code })
    await api.database.setTenantStatus(desk.tenantKey, status)
    await ended
    await expect(elsewhere.withTenant(desk.tenantKey, async () => 1)).rejects.toMatchObject({ code })
  })

  test('ends the streams of somebody who is no member any more, and nobody else’s', async () => {
    await using feed = openFeed(NO_RECHECK, elsewhere)
    const other = await desk.addMember('agent')
    const streams = [await follow(feed), await follow(feed, { member: other })] as const
    await Promise.all(streams.map((stream) => take(stream, 1)))
    await api.database.changeControl(async (trx, announce) => {
      await trx.deleteFrom('memberships').where('user_id', '=', agent.user.id).execute()
      announce({ kind: 'membership.changed', tenantId: desk.tenant.id, userId: agent.user.id })
    })
    await expect(take(streams[0], 1)).rejects.toMatchObject({ code: 'TENANT_UNKNOWN' })
    await write(feed, 1)
    expect(seqs(await take(streams[1], 1))).toEqual([1])
  })

  test('in a role is what the next change is shown by', async () => {
    await using feed = openFeed(NO_RECHECK, elsewhere)
    const stream = await follow(feed)
    await take(stream, 1)
    await inTenant((db) => db.deleteFrom('role_permissions').where('permission', '=', 'chat:read').execute())
    await api.database.changeControl(async (_trx, announce) =>
      announce({ kind: 'role.changed', tenantId: desk.tenant.id }),
    )
    await expect(take(stream, 1)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('connections killed under load', () => {
  test('cost streams no change and no repetition, whatever became of the writers', async () => {
    await using feed = openFeed({ pollMs: 50 })
    const stream = await follow(feed)
    await take(stream, 1)
    let isWriting = true
    const killing = killConnections(() => isWriting)
    await Promise.allSettled(Array.from({ length: 20 }, () => writeSlowly(feed, 10)))
    isWriting = false
    expect(await killing).toBeGreaterThan(0)
    // The pool may still find a connection that was killed while it was idle.
    await vi.waitFor(() => write(feed, 1), PATIENTLY)
    const { last_seq: lastSeq } = await inTenant((db) =>
      db.selectFrom('change_counter').select('last_seq').executeTakeFirstOrThrow(),
    )
    expect(seqs(await take(stream, lastSeq))).toEqual(range(1, lastSeq))
  })
})

function inTenant<T>(work: Parameters<typeof api.database.withTenant<T>>[1]): Promise<T> {
  return api.database.withTenant(desk.tenantKey, work)
}

function openFeed(
  settings: Partial<FeedSettings> = NO_POLL,
  database: ChangeFeedOptions['database'] = api.database,
): ChangeFeed & AsyncDisposable {
  const feed = createChangeFeed({ database, log: api.log, settings })
  return {
    wake: (tenantId) => feed.wake(tenantId),
    follow: (options) => feed.follow(options),
    push: (options, sink) => feed.push(options, sink),
    tell: (tenant, told) => feed.tell(tenant, told),
    close: () => feed.close(),
    [Symbol.asyncDispose]: async () => feed.close(),
  }
}

type Stream = ReturnType<ChangeFeed['follow']>

async function follow(
  feed: ChangeFeed,
  options: { afterSeq?: number | undefined; signal?: AbortSignal; desk?: TestDesk; member?: TestMember } = {},
): Promise<Stream> {
  const at = options.desk ?? desk
  const userId = (options.member ?? agent).user.id
  const access = await api.database.withTenant(at.tenantKey, (db) => loadAccess(db, userId))
  return feed.follow({ ...options, tenant: at.tenant, userId, permission: 'chat:read', access })
}

/** Open, and past `ready`. Each member has no more than they may. */
async function followMany(feed: ChangeFeed, count: number): Promise<Stream[]> {
  const streams: Stream[] = []
  let member = agent
  for (let index = 0; index < count; index++) {
    if (index > 0 && index % 20 === 0) member = await desk.addMember('agent')
    streams.push(await follow(feed, { member }))
  }
  await Promise.all(streams.map((stream) => take(stream, 1)))
  return streams
}

async function take(stream: Stream, count: number): Promise<PositionedEvent[]> {
  const events: PositionedEvent[] = []
  while (events.length < count) {
    const { value, done } = await stream.next()
    if (done || !value) throw new Error(`the stream ended after ${events.length} of ${count} events`)
    events.push(value)
  }
  return events
}

function write(feed: ChangeFeed, what: number | Change[], at = desk): Promise<void> {
  const changes =
    typeof what === 'number'
      ? Array.from({ length: what }, (): Change => ({ kind: 'role.changed', entityId: at.tenantKey }))
      : what
  return api.database.withTenant(at.tenantKey, (db) =>
    transact({ db, tenant: at.tenant, changes: feed }, (_trx, record) =>
      Promise.resolve(changes.forEach((change) => record(change))),
    ),
  )
}

async function writeSlowly(feed: ChangeFeed, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await sleep(Math.random() * 10)
    await write(feed, 1)
  }
}

/** All connections of the tenant's account, again and again. Says how many. */
async function killConnections(goOn: () => boolean): Promise<number> {
  const { account_name: account } = await api.database.master
    .selectFrom('tenants')
    .select('account_name')
    .where('id', '=', desk.tenant.id)
    .executeTakeFirstOrThrow()
  let killed = 0
  while (goOn()) {
    await sleep(20)
    const { server } = api.database
    const rows = await adminQuery(server, 'SELECT ID FROM information_schema.PROCESSLIST WHERE USER = ?', [
      account,
    ])
    for (const row of rows) {
      // It may have gone by itself in between.
      await adminQuery(server, 'KILL ?', [row['ID']]).then(
        () => killed++,
        () => undefined,
      )
    }
  }
  return killed
}

/** Leaves after a few events, sometimes in the middle of waiting, and comes back with the last id it has. */
async function readWithBreaks(feed: ChangeFeed, until: number): Promise<number[]> {
  const heard: number[] = []
  while ((heard.at(-1) ?? 0) < until) {
    const reader = new AbortController()
    const stream = await follow(feed, { afterSeq: heard.at(-1) ?? 0, signal: reader.signal })
    const patience = setTimeout(() => reader.abort(), Math.random() * 30)
    let left = Math.ceil(Math.random() * 20)
    for await (const { seq } of stream) {
      heard.push(seq)
      if (--left === 0 || seq >= until) break
    }
    clearTimeout(patience)
  }
  return heard
}

function readBy(member: TestMember): Change {
  return { kind: 'conversation.read', entityId: 'c', userId: member.user.id, lastReadSeq: 1 }
}

function prune(max: number): Promise<number> {
  return inTenant((db) => pruneChanges(db, { days: 1, max }))
}

/** Counts the feed's scopes, and those the pool refused; inside each the gate is waited for. */
function countScopes(database: Database, gate = () => Promise.resolve()) {
  let count = 0
  let refused = 0
  const counted: ChangeFeedOptions['database'] = {
    master: database.master,
    onControlChange: (listener) => database.onControlChange(listener),
    async withTenant(tenantKey, work, options) {
      if (options?.label === FEED_LABEL) count++
      const gated: typeof work = async (db) => {
        await gate()
        return work(db)
      }
      return database.withTenant(tenantKey, gated, options).catch((error: unknown) => {
        refused++
        throw error
      })
    },
  }
  return { database: counted, scopes: () => count, refusals: () => refused }
}

const seqs = (events: PositionedEvent[]) => events.map(({ seq }) => seq)
const entities = (events: PositionedEvent[]) =>
  new Set(events.map(({ event }) => (event.type === 'change' ? event.change.entityId : event.type)))

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
