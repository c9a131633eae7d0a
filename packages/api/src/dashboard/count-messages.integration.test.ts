import { idBound, newId, type TenantTables } from '@sarai/db'
import fc from 'fast-check'
import type { Kysely } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDesk, openTestApi, type TestApi, type TestDesk } from '../testing.ts'
import { COUNTED_AFTER_MS, countMessages } from './count-messages.ts'
import { type ComparedPeriod, periodOf } from './period.ts'
import { countByDay, countIn, listBusyHours } from './queries.ts'

type Author = TenantTables['messages']['author_kind']
interface Written {
  /** When it was written, by its id; what it says of itself may be long before. */
  writtenMinutesAgo: number
  daysEarlier: number
  author: Author
}

/** A Sunday evening, a week after Europe has put its clocks back and on the day on which America does. */
const NOW = new Date('2026-11-01T18:07:30.250Z')
const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS
const ZONES = [
  'UTC',
  'Asia/Karachi',
  'Europe/London',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
]

let api: TestApi
let desk: TestDesk
let conversationId: string
let seq = 0

beforeAll(async () => {
  api = await openTestApi()
  desk = await createTestDesk(api)
  conversationId = newId()
  const stamps = { created_at: NOW, updated_at: NOW }
  await inDesk(async (db) => {
    const customer_id = newId()
    await db
      .insertInto('customers')
      .values({ id: customer_id, name: 'Amina', ...stamps })
      .execute()
    await db
      .insertInto('conversations')
      .values({ id: conversationId, customer_id, status: 'open', ...stamps })
      .execute()
  })
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

function inDesk<T>(work: (db: Kysely<TenantTables>) => Promise<T>): Promise<T> {
  return api.database.withTenant(desk.tenantKey, work)
}

async function write(db: Kysely<TenantTables>, messages: readonly Written[]): Promise<void> {
  if (messages.length === 0) return
  const rows = messages.map(({ writtenMinutesAgo, daysEarlier, author }) => {
    const writtenAt = NOW.getTime() - Math.round(writtenMinutesAgo * MINUTE_MS)
    return {
      id: `${idBound(new Date(writtenAt))}${newId().slice(13)}`,
      conversation_id: conversationId,
      seq: ++seq,
      client_id: newId(),
      author_kind: author,
      visibility: 'public' as const,
      body: 'Salaam',
      created_at: new Date(writtenAt - Math.round(daysEarlier * DAY_MS)),
    }
  })
  await db.insertInto('messages').values(rows).execute()
}

async function startAfresh(db: Kysely<TenantTables>): Promise<void> {
  await db.deleteFrom('messages').execute()
  await db.deleteFrom('message_quarters').execute()
  await db.updateTable('message_quarters_mark').set({ through_id: '' }).execute()
}

/** The same numbers from every single message, by a library that knows clocks and no SQL. */
async function countOneByOne(db: Kysely<TenantTables>, { timeZone, from, to }: ComparedPeriod) {
  const rows = await db.selectFrom('messages').select(['created_at', 'author_kind']).execute()
  const days = new Map<string, number>()
  const hours = Array.from({ length: 168 }, () => 0)
  for (const { created_at, author_kind } of rows) {
    if (created_at < from || created_at >= to) continue
    const local = Temporal.Instant.fromEpochMilliseconds(created_at.getTime()).toZonedDateTimeISO(timeZone)
    const date = local.toPlainDate().toString()
    days.set(date, (days.get(date) ?? 0) + 1)
    const hour = (local.dayOfWeek - 1) * 24 + local.hour
    if (author_kind === 'customer') hours[hour] = (hours[hour] ?? 0) + 1
  }
  return { days: inOrder(days), hours }
}

function inOrder(days: Map<string, number>): [string, number][] {
  return [...days].toSorted(([one], [other]) => one.localeCompare(other))
}

async function expectEqualToRaw(db: Kysely<TenantTables>, period: ComparedPeriod): Promise<void> {
  const raw = await countOneByOne(db, period)
  const byDay = await countByDay(db, { what: 'messages', period })
  const busy = await listBusyHours(db, period)
  expect({ days: inOrder(byDay), hours: busy.map(({ messages }) => messages) }).toEqual(raw)
  expect(await countIn(db, { what: 'messages', period })).toBe(
    raw.days.reduce((sum, [, count]) => sum + count, 0),
  )
}

const message = fc.record({
  writtenMinutesAgo: fc.double({ min: 0, max: 60 * 24 * 20, noNaN: true }),
  daysEarlier: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 20, noNaN: true })),
  author: fc.constantFrom<Author>('agent', 'customer', 'system'),
})
const step = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), messages: fc.array(message, { maxLength: 25 }) }),
  fc.record({ kind: fc.constant('count' as const), rowsMax: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('cut' as const) }),
  fc.record({ kind: fc.constant('recount' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

/** Written in the order of ids, as people write: whatever is written later has not been counted yet. */
async function take(db: Kysely<TenantTables>, each: Step, clock: { minutesAgo: number }): Promise<void> {
  if (each.kind === 'write') {
    const sooner = each.messages.map((one) => ({
      ...one,
      writtenMinutesAgo: (clock.minutesAgo * one.writtenMinutesAgo) / (60 * 24 * 20),
    }))
    await write(db, sooner)
    clock.minutesAgo /= 2
    return
  }
  const through = { now: new Date(NOW.getTime() - clock.minutesAgo * MINUTE_MS + COUNTED_AFTER_MS) }
  if (each.kind === 'count') await countMessages(db, { ...through, rowsMax: each.rowsMax })
  if (each.kind === 'cut') await countMessages(cutOff(db), { ...through, rowsMax: 3 }).catch(() => undefined)
  if (each.kind === 'recount') {
    await db.deleteFrom('message_quarters').execute()
    await db.updateTable('message_quarters_mark').set({ through_id: '' }).execute()
  }
}

/** The second step of the counting fails just before it commits. */
function cutOff(db: Kysely<TenantTables>): Kysely<TenantTables> {
  let steps = 0
  const transaction = () => ({
    execute: (work: (trx: unknown) => Promise<unknown>) =>
      db.transaction().execute(async (trx) => {
        const result = await work(trx)
        if (++steps === 2) throw new Error('cut off')
        return result
      }),
  })
  return Object.assign(Object.create(db) as Kysely<TenantTables>, { transaction })
}

test('counted or not, brought in late, cut off in the middle, counted afresh, in any zone: the numbers are those of the messages', async () => {
  await inDesk((db) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...ZONES),
        fc.integer({ min: 1, max: 45 }),
        async (steps, timeZone, days) => {
          await startAfresh(db)
          const clock = { minutesAgo: 60 * 24 * 20 }
          for (const each of steps) await take(db, each, clock)
          await expectEqualToRaw(db, periodOf({ days }, { timeZone, now: NOW }))
        },
      ),
      { numRuns: 40 },
    ),
  )
})

test('a business that moves to another zone has the right numbers at once: what is counted knows no zone', async () => {
  await inDesk(async (db) => {
    await startAfresh(db)
    const hours = Array.from({ length: 24 * 12 }, (_, index) => index)
    await write(
      db,
      hours.map((hour) => ({
        writtenMinutesAgo: 20 + hour * 61,
        daysEarlier: 0,
        author: 'customer' as const,
      })),
    )
    expect(await countMessages(db, { now: NOW })).toBe(hours.length)
    for (const timeZone of ZONES) await expectEqualToRaw(db, periodOf({ days: 10 }, { timeZone, now: NOW }))
  })
})

test('two processes that count at once count everything once', async () => {
  await inDesk(async (db) => {
    await startAfresh(db)
    await write(
      db,
      Array.from({ length: 120 }, (_, index) => ({
        writtenMinutesAgo: 20 + index,
        daysEarlier: 0,
        author: 'agent' as const,
      })),
    )
    const counted = await Promise.all([1, 2, 3].map(() => countMessages(db, { now: NOW, rowsMax: 10 })))
    expect(counted.reduce((sum, each) => sum + each, 0)).toBe(120)
    await expectEqualToRaw(db, periodOf({ days: 2 }, { timeZone: 'Asia/Karachi', now: NOW }))
  })
})

test('what was written a moment ago is left for later: its transaction, or an older one, may not be committed yet', async () => {
  await inDesk(async (db) => {
    await startAfresh(db)
    await write(db, [
      { writtenMinutesAgo: COUNTED_AFTER_MS / MINUTE_MS + 1, daysEarlier: 0, author: 'customer' },
      { writtenMinutesAgo: COUNTED_AFTER_MS / MINUTE_MS - 1, daysEarlier: 3, author: 'customer' },
    ])
    expect(await countMessages(db, { now: NOW })).toBe(1)
  })
})
