import { newId, type TenantTables } from '@sarai/db'
import { adminQuery } from '@sarai/db/testing'
import type { Insertable } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  createTestDesk,
  openTestApi,
  readRefusal,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'
import { periodOf } from './period.ts'
import { DASHBOARD_DATE_MIN, DASHBOARD_DAYS_DEFAULT, DASHBOARD_DAYS_MAX } from './schema.ts'
import { summarize } from './summary.ts'

/** A Sunday at noon. */
const NOW = new Date('2026-03-15T12:00:00.000Z')

let api: TestApi
let desk: TestDesk
let owner: TestMember

beforeAll(async () => {
  api = await openTestApi()
})
beforeEach(async () => {
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner', 'Olga')
  return () => desk[Symbol.asyncDispose]()
})
afterAll(() => api[Symbol.asyncDispose]())

function summary(days: number, timeZone = 'UTC') {
  return summaryOf({ days }, timeZone)
}

function summaryOf(input: { days: number } | { from: string; to: string }, timeZone: string, now = NOW) {
  return api.database.withTenant(desk.tenantKey, (db) =>
    summarize(db, { period: periodOf(input, { timeZone, now }), userId: owner.user.id }),
  )
}

/** Without where the days begin and end, which period.test.ts is about. */
function countsOf(days: Awaited<ReturnType<typeof summary>>['days']) {
  return days.map(({ from: _from, to: _to, ...day }) => day)
}

async function addCustomer(createdAt: string, archivedAt: Date | null = null) {
  const id = newId()
  const created = new Date(createdAt)
  await api.database.withTenant(desk.tenantKey, (db) =>
    db
      .insertInto('customers')
      .values({ id, name: 'Amina', archived_at: archivedAt, created_at: created, updated_at: created })
      .execute(),
  )
  return id
}

async function addConversation(
  createdAt: string,
  fields: Partial<Insertable<TenantTables['conversations']>> = {},
) {
  const id = newId()
  const created = new Date(createdAt)
  const customerId = fields.customer_id ?? (await addCustomer('2020-01-01T00:00:00Z'))
  await api.database.withTenant(desk.tenantKey, (db) =>
    db
      .insertInto('conversations')
      .values({
        id,
        customer_id: customerId,
        status: 'open',
        created_at: created,
        updated_at: created,
        ...fields,
      })
      .execute(),
  )
  return id
}

async function addMessages(
  conversationId: string,
  messages: [at: string, author: TenantTables['messages']['author_kind']][],
) {
  const rows = messages.map(([at, author], index) => ({
    id: newId(),
    conversation_id: conversationId,
    seq: index + 1,
    client_id: newId(),
    author_kind: author,
    visibility: 'public' as const,
    body: 'Salaam',
    created_at: new Date(at),
  }))
  await api.database.withTenant(desk.tenantKey, (db) => db.insertInto('messages').values(rows).execute())
}

function dateBefore(days: number, date = new Date().toISOString().slice(0, 10)) {
  return new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10)
}

/** Conversations first answered after so many seconds, now or in the period before. */
async function addAnswered(at: string, seconds: number[]) {
  for (const each of seconds) {
    const end = new Date(at)
    const begin = new Date(end.getTime() - each * 1000)
    await addConversation('2020-01-01T00:00:00Z', {
      first_customer_message_at: begin,
      first_response_at: end,
    })
  }
}

describe('the dashboard of an empty desk', () => {
  test('is all zeros and nulls, with every day and every hour', async () => {
    const nothing = { count: 0, medianSeconds: null, p90Seconds: null }
    const empty = await summary(2)
    expect(empty).toEqual({
      range: {
        days: 2,
        from: '2026-03-14T00:00:00.000Z',
        to: NOW.toISOString(),
        timeZone: 'UTC',
        before: { from: '2026-03-12T00:00:00.000Z', to: '2026-03-13T12:00:00.000Z' },
      },
      now: { open: 0, waiting: 0, unassigned: 0, mine: 0, snoozed: 0, customers: 0 },
      conversations: { count: 0, before: 0 },
      messages: { count: 0, before: 0 },
      resolved: { count: 0, before: 0 },
      newCustomers: { count: 0, before: 0 },
      days: ['2026-03-14', '2026-03-15'].map((date) => ({
        date,
        from: `${date}T00:00:00.000Z`,
        to: date === '2026-03-15' ? NOW.toISOString() : '2026-03-15T00:00:00.000Z',
        conversations: 0,
        messages: 0,
        resolved: 0,
        newCustomers: 0,
      })),
      firstResponse: { ...nothing, before: nothing },
      resolution: { ...nothing, before: nothing },
      workload: [{ userId: owner.user.id, name: 'Olga', open: 0, resolved: 0, resolvedBefore: 0 }],
      busyHours: expect.any(Array),
    })
    expect(empty.busyHours).toHaveLength(168)
    expect(empty.busyHours.every(({ messages }) => messages === 0)).toBe(true)
  })
})

describe('what is now', () => {
  test('is counted for everybody and for the caller', async () => {
    const agent = await desk.addMember('agent', 'Bilal')
    const waiting = { waiting_since: NOW }
    await addConversation('2026-03-15T08:00:00Z', { assignee_id: owner.user.id, ...waiting })
    await addConversation('2026-03-15T08:00:00Z', { assignee_id: agent.user.id })
    await addConversation('2026-03-15T08:00:00Z', waiting)
    await addConversation('2026-03-15T08:00:00Z', {
      status: 'snoozed',
      assignee_id: owner.user.id,
      snoozed_until: NOW,
    })
    await addConversation('2026-03-15T08:00:00Z', {
      status: 'resolved',
      resolved_at: NOW,
      assignee_id: owner.user.id,
    })
    await addCustomer('2026-03-15T08:00:00Z', NOW)
    expect((await summary(1)).now).toEqual({
      open: 3,
      waiting: 2,
      unassigned: 1,
      mine: 1,
      snoozed: 1,
      customers: 5,
    })
    expect((await agent.call.dashboard.now()).mine).toBe(1)
  })
})

describe('the trend', () => {
  test('puts what happened on its day, to the millisecond at midnight, and compares like with like', async () => {
    const id = await addConversation('2026-03-14T00:00:00.000Z')
    await addConversation('2026-03-14T23:59:59.999Z')
    await addConversation('2026-03-15T11:59:59.999Z', {
      status: 'resolved',
      resolved_at: new Date('2026-03-15T11:00:00Z'),
    })
    await addConversation('2026-03-15T12:00:00.000Z')
    await addConversation('2026-03-13T11:00:00.000Z')
    await addConversation('2026-03-13T13:00:00.000Z')
    await addConversation('2026-03-11T23:59:59.999Z')
    await addMessages(id, [
      ['2026-03-15T01:00:00Z', 'customer'],
      ['2026-03-15T02:00:00Z', 'agent'],
      ['2026-03-12T02:00:00Z', 'system'],
    ])
    await addCustomer('2026-03-14T10:00:00Z')
    const { conversations, messages, resolved, newCustomers, days } = await summary(2)
    expect(countsOf(days)).toEqual([
      { date: '2026-03-14', conversations: 2, messages: 0, resolved: 0, newCustomers: 1 },
      { date: '2026-03-15', conversations: 1, messages: 2, resolved: 1, newCustomers: 0 },
    ])
    expect(conversations).toEqual({ count: 3, before: 1 })
    expect(messages).toEqual({ count: 2, before: 1 })
    expect(resolved).toEqual({ count: 1, before: 0 })
    expect(newCustomers).toEqual({ count: 1, before: 0 })
  })
})

describe('the times', () => {
  test('are durations that occurred: half took no longer than the median, nine in ten no longer than p90', async () => {
    await addAnswered('2026-03-15T10:00:00Z', [10, 20, 30, 40, 50, 60, 70, 80, 90, 1000])
    await addAnswered('2026-03-13T10:00:00Z', [5])
    const { firstResponse } = await summary(2)
    expect(firstResponse).toEqual({
      count: 10,
      medianSeconds: 50,
      p90Seconds: 90,
      before: { count: 1, medianSeconds: 5, p90Seconds: 5 },
    })
  })

  test('of an odd number have the one in the middle, also when several are equal', async () => {
    await addAnswered('2026-03-15T10:00:00Z', [0, 7, 7, 7, 100])
    expect((await summary(1)).firstResponse).toMatchObject({ count: 5, medianSeconds: 7, p90Seconds: 100 })
  })

  test('leave out a first word of ours, to which nobody had written', async () => {
    await addConversation('2026-03-15T08:00:00Z', { first_response_at: new Date('2026-03-15T09:00:00Z') })
    expect((await summary(1)).firstResponse).toMatchObject({ count: 0, medianSeconds: null })
  })

  test('of resolution run from the beginning of the conversation', async () => {
    await addConversation('2026-03-14T10:00:00Z', {
      status: 'resolved',
      resolved_at: new Date('2026-03-15T10:00:00Z'),
    })
    expect((await summary(1)).resolution).toMatchObject({
      count: 1,
      medianSeconds: 86_400,
      p90Seconds: 86_400,
    })
  })
})

describe('the workload', () => {
  test('names every member, busiest first, and whoever left with something open', async () => {
    const bilal = await desk.addMember('agent', 'Bilal')
    const gone = await desk.addMember('agent', 'Gone')
    const idle = await desk.addMember('agent', 'Long gone')
    await addConversation('2026-03-15T08:00:00Z', { assignee_id: bilal.user.id })
    await addConversation('2026-03-15T08:00:00Z', { assignee_id: bilal.user.id })
    await addConversation('2026-03-15T08:00:00Z', { assignee_id: gone.user.id })
    const done = { status: 'resolved' as const, assignee_id: owner.user.id }
    await addConversation('2026-03-01T08:00:00Z', { ...done, resolved_at: new Date('2026-03-15T08:00:00Z') })
    await addConversation('2026-03-01T08:00:00Z', { ...done, resolved_at: new Date('2026-03-14T08:00:00Z') })
    for (const { user } of [gone, idle]) await owner.call.permission.member.remove({ userId: user.id })
    expect((await summary(1)).workload).toEqual([
      { userId: bilal.user.id, name: 'Bilal', open: 2, resolved: 0, resolvedBefore: 0 },
      { userId: gone.user.id, name: 'Gone', open: 1, resolved: 0, resolvedBefore: 0 },
      { userId: owner.user.id, name: 'Olga', open: 0, resolved: 1, resolvedBefore: 1 },
    ])
  })
})

describe('in another zone', () => {
  test('days and hours are those on the wall, over the night on which the clocks go back', async () => {
    const id = await addConversation('2026-10-24T23:30:00Z')
    await addMessages(id, [
      ['2026-10-24T22:30:00Z', 'customer'],
      ['2026-10-25T00:30:00Z', 'customer'],
      ['2026-10-25T01:30:00Z', 'customer'],
      ['2026-10-25T22:59:59.999Z', 'customer'],
      ['2026-10-25T23:00:00Z', 'customer'],
    ])
    const october = { from: '2026-10-24', to: '2026-10-26' }
    const { days, busyHours } = await summaryOf(october, 'Europe/Berlin', new Date('2026-12-01T00:00:00Z'))
    expect(days.map(({ date, messages, conversations }) => [date, messages, conversations])).toEqual([
      ['2026-10-24', 0, 0],
      ['2026-10-25', 4, 1],
      ['2026-10-26', 1, 0],
    ])
    expect(busyHours.filter(({ messages }) => messages > 0)).toEqual([
      { weekday: 0, hour: 0, messages: 1 },
      { weekday: 6, hour: 0, messages: 1 },
      { weekday: 6, hour: 2, messages: 2 },
      { weekday: 6, hour: 23, messages: 1 },
    ])
  })

  test('a day that was skipped is not there, and nothing of the days beside it is lost', async () => {
    await addConversation('2011-12-30T09:59:59Z')
    await addConversation('2011-12-30T10:00:00Z')
    const samoa = { from: '2011-12-29', to: '2011-12-31' }
    const { days } = await summaryOf(samoa, 'Pacific/Apia')
    expect(days.map(({ date, conversations }) => [date, conversations])).toEqual([
      ['2011-12-29', 1],
      ['2011-12-31', 1],
    ])
  })

  test('the server has no time zones loaded: nothing here leans on them', async () => {
    const [row] = await adminQuery(
      api.database.server,
      "SELECT CONVERT_TZ(NOW(), 'UTC', 'Asia/Karachi') AS at",
    )
    expect(row).toEqual({ at: null })
  })
})

describe('numbers that change afterwards', () => {
  test('a conversation that is reopened is no longer resolved, nor an archived customer new', async () => {
    const now = new Date()
    const id = await addConversation(now.toISOString(), { status: 'resolved', resolved_at: now })
    const before = await owner.call.dashboard.trend({ days: 2 })
    expect([before.resolved.count, before.newCustomers.count]).toEqual([1, 0])
    const { id: customerId } = await owner.call.customer.create({ name: 'Amina' })
    await owner.call.chat.conversation.setStatus({ id, status: 'open' })
    const after = await owner.call.dashboard.trend({ days: 2 })
    expect([after.resolved.count, after.newCustomers.count]).toEqual([0, 1])
    await owner.call.customer.archive({ id: customerId })
    expect((await owner.call.dashboard.trend({ days: 2 })).newCustomers.count).toBe(0)
    expect((await owner.call.dashboard.responseTimes({ days: 2 })).resolution.count).toBe(0)
  })
})

describe('busy hours', () => {
  test('count what customers wrote, Monday first', async () => {
    const id = await addConversation('2026-03-15T08:00:00Z')
    await addMessages(id, [
      ['2026-03-09T00:30:00Z', 'customer'],
      ['2026-03-15T09:00:00Z', 'customer'],
      ['2026-03-15T09:59:59Z', 'customer'],
      ['2026-03-15T09:30:00Z', 'agent'],
      ['2026-03-08T09:30:00Z', 'customer'],
    ])
    const { busyHours } = await summary(7)
    expect(busyHours.filter(({ messages }) => messages > 0)).toEqual([
      { weekday: 0, hour: 0, messages: 1 },
      { weekday: 6, hour: 9, messages: 2 },
    ])
    expect(busyHours.map(({ weekday, hour }) => weekday * 24 + hour)).toEqual(
      Array.from({ length: 168 }, (_, index) => index),
    )
  })
})

describe('the procedures', () => {
  test('give in parts what summary gives at once', async () => {
    await addConversation(new Date(Date.now() - 60_000).toISOString(), { assignee_id: owner.user.id })
    const { dashboard } = owner.call
    const lastWeek = { from: dateBefore(6), to: dateBefore(0) }
    const over = { from: dateBefore(9), to: dateBefore(1) }
    expect((await dashboard.summary(lastWeek)).range.days).toBe(7)
    const all = await dashboard.summary(over)
    expect({
      now: await dashboard.now(),
      ...(await dashboard.trend(over)),
      ...(await dashboard.responseTimes(over)),
      workload: (await dashboard.workload(over)).items,
      busyHours: (await dashboard.busyHours(over)).items,
    }).toEqual(all)
  })

  test(`cover ${DASHBOARD_DAYS_DEFAULT} days unless told otherwise, and ${DASHBOARD_DAYS_MAX} at most`, async () => {
    expect((await owner.call.dashboard.summary()).days).toHaveLength(DASHBOARD_DAYS_DEFAULT)
    expect((await owner.call.dashboard.trend({ days: DASHBOARD_DAYS_MAX })).days).toHaveLength(
      DASHBOARD_DAYS_MAX,
    )
    const tooMany = { from: '2025-01-01', to: '2026-01-02' }
    for (const range of [tooMany, { from: '2026-01-02', to: '2026-01-01' }, { from: '2026-01-01' }]) {
      const refusal = await readRefusal(owner.call.dashboard.trend(range))
      expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toEqual(['to'])
    }
    for (const from of [dateBefore(1, DASHBOARD_DATE_MIN), '2026-02-30', '26-1-1']) {
      const refusal = await readRefusal(owner.call.dashboard.trend({ from, to: '2015-01-05' }))
      expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toContain('from')
    }
    for (const days of [0, 1.5, DASHBOARD_DAYS_MAX + 1]) {
      const refusal = await readRefusal(owner.call.dashboard.summary({ days }))
      expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toEqual(['days'])
    }
  })

  test('count nothing of another tenant', async () => {
    await using other = await createTestDesk(api)
    const stranger = await other.addMember('owner')
    await addConversation(new Date(Date.now() - 60_000).toISOString(), { waiting_since: NOW })
    const theirs = await stranger.call.dashboard.summary({ days: 1 })
    expect([theirs.now.open, theirs.now.customers, theirs.conversations.count]).toEqual([0, 0, 0])
    expect(theirs.workload.map(({ userId }) => userId)).toEqual([stranger.user.id])
  })
})
