import { newId, type TenantTables } from '@sarai/db'
import fc from 'fast-check'
import type { Kysely } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDesk, openTestApi, type TestApi, type TestDesk } from '../testing.ts'
import { countConversations } from './count-conversations.ts'
import { measureDurations } from './durations.ts'
import { type ComparedPeriod, periodOf } from './period.ts'
import { countByDay, countIn } from './queries.ts'

type Db = Kysely<TenantTables>

/** A Sunday evening, a week after Europe has put its clocks back and on the day on which America does. */
const NOW = new Date('2026-11-01T18:07:30.250Z')
const MINUTE_MS = 60_000
const HISTORY_MINUTES = 40 * 1_440
const ZONES = [
  'UTC',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Europe/London',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
]
const HISTORIES = 40

let api: TestApi
let desk: TestDesk
let customerId: string

beforeAll(async () => {
  api = await openTestApi()
  desk = await createTestDesk(api)
  customerId = newId()
  const stamps = { created_at: NOW, updated_at: NOW }
  await inDesk((db) =>
    db
      .insertInto('customers')
      .values({ id: customerId, name: 'Amina', ...stamps })
      .execute(),
  )
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

function inDesk<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return api.database.withTenant(desk.tenantKey, work)
}

interface Begun {
  minutesAgo: number
  /** Until the customer's first message; null: they never wrote. */
  askedAfter: number | null
  answeredAfter: number | null
  resolvedAfter: number | null
}

async function begin(db: Db, conversations: readonly Begun[]): Promise<void> {
  if (conversations.length === 0) return
  const rows = conversations.map(({ minutesAgo, askedAfter, answeredAfter, resolvedAfter }) => {
    const created = new Date(NOW.getTime() - Math.round(minutesAgo * MINUTE_MS))
    const after = (minutes: number | null) =>
      minutes === null ? null : new Date(created.getTime() + Math.round(minutes * MINUTE_MS))
    return {
      id: newId(),
      customer_id: customerId,
      status: resolvedAfter === null ? ('open' as const) : ('resolved' as const),
      first_customer_message_at: after(askedAfter),
      first_response_at: after(answeredAfter),
      resolved_at: after(resolvedAfter),
      created_at: created,
      updated_at: created,
    }
  })
  await db.insertInto('conversations').values(rows).execute()
}

async function startAfresh(db: Db): Promise<void> {
  await db.deleteFrom('conversations').execute()
  await db.deleteFrom('conversation_quarters').execute()
  await db.deleteFrom('duration_days').execute()
}

/** Every third conversation, beginning with one of them, as whoever works with them would write it. */
async function change(db: Db, which: number, fields: Partial<Record<Column, Date | null>>): Promise<void> {
  const rows = await db.selectFrom('conversations').select('id').orderBy('id').execute()
  const ids = rows.filter((_, index) => index % 3 === which % 3).map(({ id }) => id)
  if (ids.length > 0) await db.updateTable('conversations').set(fields).where('id', 'in', ids).execute()
}
type Column = 'resolved_at' | 'first_response_at' | 'first_customer_message_at'

/** The same numbers from every single conversation, by a library that knows clocks and no SQL. */
async function countOneByOne(db: Db, period: ComparedPeriod) {
  const rows = await db.selectFrom('conversations').selectAll().execute()
  const dayOf = (at: Date) =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime())
      .toZonedDateTimeISO(period.timeZone)
      .toPlainDate()
      .toString()
  const byDay = (moments: (Date | null)[]) => {
    const days = new Map<string, number>()
    for (const at of moments)
      if (at && at >= period.from && at < period.to) days.set(dayOf(at), (days.get(dayOf(at)) ?? 0) + 1)
    return inOrder(days)
  }
  const duration = (spans: [Date | null, Date | null][]) => ({
    ...quantilesOf(spans, period),
    before: quantilesOf(spans, period.before),
  })
  return {
    conversations: byDay(rows.map((row) => row.created_at)),
    resolved: byDay(rows.map((row) => row.resolved_at)),
    before: rows.filter(({ created_at: at }) => at >= period.before.from && at < period.before.to).length,
    firstResponse: duration(rows.map((row) => [row.first_customer_message_at, row.first_response_at])),
    resolution: duration(rows.map((row) => [row.created_at, row.resolved_at])),
  }
}

function quantilesOf(spans: [Date | null, Date | null][], { from, to }: { from: Date; to: Date }) {
  const seconds = spans
    .flatMap(([begun, ended]) =>
      begun && ended && ended >= from && ended < to
        ? [Math.max(0, Math.trunc((ended.getTime() - begun.getTime()) / 1000))]
        : [],
    )
    .toSorted((one, other) => one - other)
  const at = (share: number) => seconds[Math.ceil(seconds.length * share) - 1] ?? null
  return { count: seconds.length, medianSeconds: at(0.5), p90Seconds: at(0.9) }
}

function inOrder(days: Map<string, number>): [string, number][] {
  return [...days].toSorted(([one], [other]) => one.localeCompare(other))
}

async function expectEqualToRaw(db: Db, period: ComparedPeriod): Promise<void> {
  expect({
    conversations: inOrder(await countByDay(db, { what: 'conversations', period })),
    resolved: inOrder(await countByDay(db, { what: 'resolved', period })),
    before: await countIn(db, { what: 'conversations', period: period.before }),
    firstResponse: await measureDurations(db, { what: 'firstResponse', period }),
    resolution: await measureDurations(db, { what: 'resolution', period }),
  }).toEqual(await countOneByOne(db, period))
}

const after = fc.oneof(
  fc.constant(null),
  fc.double({ min: 0, max: 30, noNaN: true }),
  fc.double({ min: 0, max: 20 * 1_440, noNaN: true }),
)
const begun: fc.Arbitrary<Begun> = fc.record({
  minutesAgo: fc.double({ min: 0, max: HISTORY_MINUTES, noNaN: true }),
  askedAfter: after,
  answeredAfter: after,
  resolvedAfter: after,
})
const at = fc
  .double({ min: 0, max: HISTORY_MINUTES, noNaN: true })
  .map((minutes) => new Date(NOW.getTime() - Math.round(minutes * MINUTE_MS)))
const which = fc.nat({ max: 2 })
const step = fc.oneof(
  fc.record({ kind: fc.constant('begin' as const), conversations: fc.array(begun, { maxLength: 40 }) }),
  fc.record({ kind: fc.constant('resolve' as const), which, at }),
  fc.record({ kind: fc.constant('reopen' as const), which }),
  fc.record({ kind: fc.constant('answer' as const), which, at }),
  fc.record({ kind: fc.constant('ask' as const), which, at }),
  fc.record({ kind: fc.constant('count' as const), rowsMax: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant('cut' as const) }),
  fc.record({ kind: fc.constant('recount' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

async function take(db: Db, each: Step): Promise<void> {
  switch (each.kind) {
    case 'begin':
      return begin(db, each.conversations)
    case 'resolve':
      return change(db, each.which, { resolved_at: each.at })
    case 'reopen':
      return change(db, each.which, { resolved_at: null })
    case 'answer':
      return change(db, each.which, { first_response_at: each.at })
    case 'ask':
      return change(db, each.which, { first_customer_message_at: each.at })
    case 'count':
      await countConversations(db, { rowsMax: each.rowsMax })
      return
    case 'cut':
      await countConversations(cutOff(db), { rowsMax: 3 }).catch(() => undefined)
      return
    case 'recount':
      await db.deleteFrom('conversation_quarters').execute()
      await db.deleteFrom('duration_days').execute()
      await db
        .updateTable('conversations')
        .set({
          counted_created_at: null,
          counted_resolved_at: null,
          counted_resolution_seconds: null,
          counted_response_at: null,
          counted_response_seconds: null,
        })
        .execute()
  }
}

/** The second step of the counting fails just before it commits. */
function cutOff(db: Db): Db {
  let steps = 0
  const transaction = () => ({
    execute: (work: (trx: unknown) => Promise<unknown>) =>
      db.transaction().execute(async (trx) => {
        const result = await work(trx)
        if (++steps === 2) throw new Error('cut off')
        return result
      }),
  })
  return Object.assign(Object.create(db) as Db, { transaction })
}

test('counted or not, answered, resolved, reopened, cut off in the middle, counted afresh, in any zone: the numbers are those of the conversations', async () => {
  await inDesk((db) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 9 }),
        fc.constantFrom(...ZONES),
        fc.integer({ min: 1, max: 45 }),
        async (steps, timeZone, days) => {
          await startAfresh(db)
          for (const each of steps) await take(db, each)
          await expectEqualToRaw(db, periodOf({ days }, { timeZone, now: NOW }))
          const over = { from: '2026-10-20', to: '2026-10-26' }
          await expectEqualToRaw(db, periodOf(over, { timeZone, now: NOW }))
        },
      ),
      { numRuns: HISTORIES },
    ),
  )
})

const STEADY: Begun[] = Array.from({ length: 120 }, (_, index) => ({
  minutesAgo: 20 + index * 331,
  askedAfter: 0,
  answeredAfter: index / 7,
  resolvedAfter: index * 11,
}))
const TWO_WEEKS = periodOf({ days: 14 }, { timeZone: 'Asia/Kathmandu', now: NOW })

test('two processes that count at once count everything once, and what did not change is not counted again', async () => {
  await inDesk(async (db) => {
    await startAfresh(db)
    await begin(db, STEADY)
    const counted = await Promise.all([1, 2, 3].map(() => countConversations(db, { rowsMax: 10 })))
    expect(counted.reduce((sum, each) => sum + each, 0)).toBe(STEADY.length)
    expect(await countConversations(db)).toBe(0)
    await expectEqualToRaw(db, TWO_WEEKS)
  })
})

test('a conversation that somebody writes to is not waited for: it is counted the next time', async () => {
  await inDesk(async (db) => {
    await startAfresh(db)
    await begin(db, STEADY)
  })
  const written = Promise.withResolvers<void>()
  const counted = Promise.withResolvers<void>()
  const writing = inDesk((db) =>
    db.transaction().execute(async (trx) => {
      const { id } = await trx.selectFrom('conversations').select('id').executeTakeFirstOrThrow()
      await trx.updateTable('conversations').set({ resolved_at: NOW }).where('id', '=', id).execute()
      written.resolve()
      await counted.promise
    }),
  )
  await written.promise
  const before = await inDesk((db) => countConversations(db)).finally(() => counted.resolve())
  await writing
  await inDesk(async (db) => {
    await expectEqualToRaw(db, TWO_WEEKS)
    expect([before, await countConversations(db)]).toEqual([STEADY.length - 1, 1])
  })
})

test('what is counted is what is read: rows without a change are not looked at', async () => {
  await inDesk(async (db) => {
    await startAfresh(db)
    await begin(db, STEADY)
    await countConversations(db)
    await db.updateTable('conversation_quarters').set({ conversations: 7 }).execute()
    const days = await countByDay(db, { what: 'conversations', period: TWO_WEEKS })
    expect([...days.values()].some((count) => count >= 7)).toBe(true)
  })
})

test('so long and no longer is a connection held: what is left is for the next time', async () => {
  await inDesk(async (db) => {
    await startAfresh(db)
    await begin(db, STEADY)
    expect(await countConversations(db, { rowsMax: 50, msMax: 0 })).toBe(50)
    expect(await countConversations(db, { rowsMax: 50 })).toBe(70)
  })
})
