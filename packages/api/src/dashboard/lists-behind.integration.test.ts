import { newId, type TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WEEKLY_DAYS_MAX } from '../calendar/schema.ts'
import { type ListConversationsInput, LONGER_THAN_SECONDS_MAX } from '../chat/schema.ts'
import type { WirePeriod } from './model.ts'
import {
  createTestDesk,
  openTestApi,
  readRefusal,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'

/** Two weeks, in the middle of which London puts its clocks back. */
const RANGE = { from: '2026-10-19', to: '2026-11-01' }
const TIME_ZONE = 'Europe/London'
const CONVERSATIONS = 90
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

interface Written {
  conversationId: string
  at: Date
}

let api: TestApi
let desk: TestDesk
let owner: TestMember
/** What customers wrote. */
const written: Written[] = []

beforeAll(async () => {
  api = await openTestApi()
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner')
  await owner.call.tenant.updateProfile({ timeZone: TIME_ZONE })
  await api.database.withTenant(desk.tenantKey, seed)
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

/** One every four hours and 17 minutes, from before the range until behind it; the customer writes twice, hours apart. */
async function seed(db: Kysely<TenantTables>): Promise<void> {
  const customer_id = newId()
  const stamps = { created_at: new Date(), updated_at: new Date() }
  await db
    .insertInto('customers')
    .values({ id: customer_id, name: 'Amina', ...stamps })
    .execute()
  const begun = Array.from({ length: CONVERSATIONS }, (_, index) => {
    const created = new Date(Date.parse('2026-10-18T01:00:00Z') + index * (4 * HOUR_MS + 17 * MINUTE_MS))
    const after = (minutes: number) => new Date(created.getTime() + minutes * MINUTE_MS)
    return {
      id: newId(),
      customer_id,
      status: 'open' as const,
      first_customer_message_at: index % 5 === 0 ? null : created,
      first_response_at: index % 4 === 0 ? null : after(index * 3),
      resolved_at: index % 3 === 0 ? null : after(index * 31),
      created_at: created,
      updated_at: after(index * 60),
    }
  })
  await db.insertInto('conversations').values(begun).execute()
  for (const { id: conversationId, created_at: at } of begun)
    written.push({ conversationId, at }, { conversationId, at: new Date(at.getTime() + 5 * HOUR_MS) })
  const messages = written.map(({ conversationId, at }, index) => ({
    id: newId(),
    conversation_id: conversationId,
    seq: (index % 2) + 1,
    client_id: newId(),
    author_kind: 'customer' as const,
    visibility: 'public' as const,
    body: 'Salaam',
    created_at: at,
  }))
  await db.insertInto('messages').values(messages).execute()
}

async function listBehind(during: NonNullable<ListConversationsInput['during']>): Promise<string[]> {
  const { items } = await owner.call.chat.conversation.list({ during, limit: 100 })
  return items.map(({ id }) => id).toSorted()
}

test('each number of a day and of the range opens as many conversations', async () => {
  const { range, days, conversations, resolved } = await owner.call.dashboard.trend(RANGE)
  const { firstResponse, resolution } = await owner.call.dashboard.responseTimes(RANGE)
  const behind = async (moment: 'created' | 'answered' | 'resolved', within: WirePeriod = range) =>
    (await listBehind({ moment, from: within.from, to: within.to })).length
  expect(conversations.count).toBeGreaterThan(50)
  expect([await behind('created'), await behind('resolved'), await behind('answered')]).toEqual([
    conversations.count,
    resolved.count,
    firstResponse.count,
  ])
  expect(resolution.count).toBe(resolved.count)
  for (const day of days)
    expect([await behind('created', day), await behind('resolved', day)]).toEqual([
      day.conversations,
      day.resolved,
    ])
})

test('the median opens those that took longer: no more than half of them, and nine in ten not those behind p90', async () => {
  const { range, firstResponse, resolution } = await owner.call.dashboard.responseTimes(RANGE)
  for (const [moment, duration] of [
    ['answered', firstResponse],
    ['resolved', resolution],
  ] as const) {
    const { from, to } = range
    const longerThan = async (seconds: number | null) =>
      (await listBehind({ moment, from, to, longerThanSeconds: seconds ?? 0 })).length
    const { count, medianSeconds, p90Seconds } = duration
    // No two took equally long here.
    expect(await longerThan(medianSeconds)).toBe(count - Math.ceil(count * 0.5))
    expect(await longerThan(p90Seconds)).toBe(count - Math.ceil(count * 0.9))
    expect(await longerThan((medianSeconds ?? 0) - 1)).toBe(count - Math.ceil(count * 0.5) + 1)
  }
})

test('each hour of the week opens the conversations of the messages that it counts, over the end of daylight saving', async () => {
  const { range, items } = await owner.call.dashboard.busyHours(RANGE)
  const { from, to, timeZone } = range
  let messages = 0
  for (const { weekday, hour, messages: count } of items) {
    const those = written.filter(({ at }) => {
      const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(TIME_ZONE)
      const isThen = local.dayOfWeek - 1 === weekday && local.hour === hour
      return isThen && at >= new Date(from) && at < new Date(to)
    })
    messages += count
    expect(those).toHaveLength(count)
    // Nobody wrote twice within an hour here: as many conversations as messages.
    expect(await listBehind({ moment: 'asked', from, to, weekly: { weekday, hour, timeZone } })).toEqual(
      those.map(({ conversationId }) => conversationId).toSorted(),
    )
  }
  expect(messages).toBeGreaterThan(100)
})

test('an hour that no clock shows in the period is in no conversation', async () => {
  const weekly = { weekday: 6, hour: 1, timeZone: TIME_ZONE }
  const spring = { from: '2026-03-28T00:00:00Z', to: '2026-03-30T00:00:00Z' }
  for (const moment of ['created', 'asked', 'active'] as const)
    expect(await listBehind({ moment, ...spring, weekly })).toEqual([])
})

test('what makes no sense is refused, with the field that is wrong', async () => {
  const period = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }
  const weekly = { weekday: 0, hour: 0, timeZone: 'UTC' }
  const tooLong = new Date(Date.parse(period.from) + WEEKLY_DAYS_MAX * 86_400_000 + 1000).toISOString()
  const wrong: NonNullable<ListConversationsInput['during']>[] = [
    { moment: 'asked', from: period.from, to: tooLong, weekly },
    { moment: 'created', ...period, longerThanSeconds: 5 },
    { moment: 'answered', ...period, longerThanSeconds: LONGER_THAN_SECONDS_MAX + 1 },
    { moment: 'answered', ...period, longerThanSeconds: -1 },
    { moment: 'asked', ...period, weekly: { ...weekly, weekday: 7 } },
    { moment: 'asked', ...period, weekly: { ...weekly, hour: 24 } },
    { moment: 'asked', ...period, weekly: { ...weekly, timeZone: 'Mars/Olympus' } },
  ]
  for (const during of wrong) {
    const { data } = await readRefusal(owner.call.chat.conversation.list({ during }))
    expect([data.code, Object.keys(data.fields?.fieldErrors ?? {})]).toEqual(['BAD_REQUEST', ['during']])
  }
})
