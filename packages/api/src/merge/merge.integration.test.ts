import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestChat, type TestChat } from '../chat/testing-chat.ts'
import { CONVERSATION_LABELS_MAX } from '../chat/schema.ts'
import { countConversations } from '../dashboard/count-conversations.ts'
import { openTestApi, readRefusal, readRefusals, type TestApi, type TestMember } from '../testing.ts'
import { CONVERSATION_PARTS_MAX, CONVERSATION_SEPARATE_DAYS_MAX, MERGE_CANDIDATES_MAX } from './schema.ts'

const DAY_MS = 86_400_000

let api: TestApi
let chat: TestChat
let agent: TestMember
let sana: TestMember
let customerId: string

beforeAll(async () => {
  api = await openTestApi()
})
beforeEach(async () => {
  chat = await openTestChat(api)
  agent = await chat.addMember('agent', 'Amir')
  sana = await chat.addMember('owner', 'Sana')
  customerId = await chat.addCustomer('Amina Baloch')
  return () => chat[Symbol.asyncDispose]()
})
afterAll(() => api[Symbol.asyncDispose]())

const open = async (subject?: string, customer = customerId) =>
  (await agent.call.chat.conversation.create({ customerId: customer, subject })).id
const say = (conversationId: string, body: string, member = agent) =>
  member.call.chat.message.send({ conversationId, clientId: newId(), body })
const merge = (mergedConversationId: string, survivorConversationId: string, more: object = {}) =>
  agent.call.merge.conversations({ mergedConversationId, survivorConversationId, ...more })
const separate = (conversationMergeId: string) => agent.call.merge.separate({ conversationMergeId })
const byId = (id: string) => agent.call.chat.conversation.byId({ id })
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()
const bodies = async (conversationId: string) =>
  (await agent.call.chat.message.list({ conversationId })).items.map(({ body }) => body)

/** Everything of a conversation but when it was last touched, and how far it is counted. */
async function readRow(id: string) {
  const { updated_at: _, ...row } = await chat.inTenant((db) =>
    db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )
  const { labelIds } = await byId(id)
  for (const column of Object.keys(row))
    if (/^(is_un)?counted/.test(column)) Reflect.deleteProperty(row, column)
  return { ...row, labelIds }
}

/** Every number and list that conversations are in. */
async function readNumbers() {
  const { call } = agent
  const { days, ...summary } = await readSummary()
  await chat.inTenant((db) => countConversations(db))
  expect(await readSummary(), 'counted').toEqual({ days, ...summary })
  const counts = await Promise.all([
    call.chat.conversation.counts({}),
    call.chat.conversation.counts({ status: 'open' }),
    call.chat.conversation.counts({ box: 'mine' }),
  ])
  const lists = await Promise.all(
    [{}, { status: 'open' }, { status: 'resolved' }, { box: 'mentions' }, { waiting: true }].map((input) =>
      chat.listIds(agent, input as Parameters<TestChat['listIds']>[1]),
    ),
  )
  return {
    summary: { ...summary, days },
    counts,
    lists: lists.map((ids) => ids.toSorted()),
    unread: await unreadOf(),
  }
}
/** The last day ends now, and so does the range. */
async function readSummary() {
  const { range: _, days, ...summary } = await agent.call.dashboard.summary({ days: 7 })
  return { ...summary, days: days.map(({ to: _to, ...day }) => day) }
}
const unreadOf = () => agent.call.notification.unread()

async function addLabels(id: string, names: readonly string[]): Promise<string[]> {
  const ids = []
  for (const name of names) ids.push((await sana.call.label.create({ name })).id)
  for (let at = 0; at < ids.length; at += CONVERSATION_LABELS_MAX)
    await sana.call.chat.conversation.setLabels({ id, add: ids.slice(at, at + CONVERSATION_LABELS_MAX) })
  return ids
}

describe('a merge', () => {
  test('gives the survivor what asks for more, takes the part out of every list and number, and is undone to the last value', async () => {
    const [part, survivor] = [await open('Where is it?'), await open('Refund')]
    await chat.hearCustomer(part, 'Where is my parcel?')
    await agent.call.chat.conversation.assign({ id: part, assigneeId: agent.user.id })
    await agent.call.chat.conversation.setPriority({ id: part, priority: 'urgent' })
    await agent.call.chat.message.send({
      ...{ conversationId: part, clientId: newId(), body: '@Amir look', private: true },
      mentions: [agent.user.id],
    })
    const [label = ''] = await addLabels(part, ['Parcel'])
    await chat.hearCustomer(survivor, 'I want my money back')
    await say(survivor, 'Of course.')
    await agent.call.chat.conversation.setStatus({ id: survivor, status: 'resolved' })
    const before = { part: await readRow(part), survivor: await readRow(survivor) }
    const numbers = await readNumbers()

    const preview = await agent.call.merge.preview({
      mergedConversationId: part,
      survivorConversationId: survivor,
    })
    const { conversationMergeId, survivor: became, merged } = await merge(part, survivor)
    expect(became).toMatchObject({
      ...{
        status: 'open',
        resolvedAt: null,
        assigneeId: agent.user.id,
        priority: 'urgent',
        labelIds: [label],
      },
      waitingSince: before.part.waiting_since?.toISOString(),
      ...{ subject: 'Refund', lastSeq: 2, mergedInto: null },
    })
    const { status, assigneeName, priority, labelIds } = became
    expect(preview).toMatchObject({
      result: { status, assigneeName, priority, labelIds },
      ...{ messages: 2, scheduled: 0, areOfDifferentCustomers: false, refusal: null },
    })
    expect(merged).toMatchObject({ mergedInto: survivor, waitingSince: null, resolvedAt: null })
    // One conversation: first written to when the first of the two was, first answered when the first answer was given.
    expect(await readRow(survivor)).toMatchObject({
      first_customer_message_at: before.part.first_customer_message_at,
      first_response_at: before.survivor.first_response_at,
    })

    const merging = await readNumbers()
    expect(merging.lists).toEqual([[survivor], [survivor], [], [survivor], [survivor]])
    expect(merging.counts[0]).toEqual({
      boxes: { mine: 1, unassigned: 0, all: 1, mentions: 1 },
      statuses: { open: 1, snoozed: 0, resolved: 0, waiting: 1 },
    })
    expect(merging.summary).toMatchObject({ now: { open: 1, waiting: 1, mine: 1 } })
    expect(sum(merging.summary, 'conversations')).toBe(1)
    expect(sum(merging.summary, 'resolved')).toBe(0)
    expect(sum(merging.summary, 'messages')).toBe(sum(numbers.summary, 'messages'))
    expect(merging.summary.firstResponse.count).toBe(1)

    expect(await separate(conversationMergeId)).toMatchObject({ kept: [] })
    expect({ part: await readRow(part), survivor: await readRow(survivor) }).toEqual(before)
    expect(await readNumbers()).toEqual(numbers)
    expect((await separate(conversationMergeId)).merged.mergedInto).toBeNull()
  })

  test('leaves messages where they are, and both threads say what became of them', async () => {
    const [part, survivor] = [await open('Size'), await open()]
    await say(part, 'A larger one?')
    const { conversationMergeId } = await merge(part, survivor)
    expect(await bodies(part)).toEqual(['A larger one?'])
    expect(await bodies(survivor)).toEqual([])
    expect(await byId(part)).toMatchObject({ mergedInto: survivor, lastSeq: 1 })
    expect((await agent.call.merge.of({ conversationId: survivor })).items).toEqual([
      {
        ...{ id: conversationMergeId, mergedId: part, survivorId: survivor, subject: 'Size' },
        ...{ customerName: 'Amina Baloch', messages: 1, mergedByName: 'Amir' },
        mergedAt: expect.any(String),
        undoUntil: expect.any(String),
      },
    ])
    expect((await agent.call.merge.of({ conversationId: part })).items).toEqual([])
    expect((await agent.call.chat.message.search({ search: 'larger' })).items).toHaveLength(1)
    const events = await agent.call.customer.timeline({ customerId })
    expect(events.items[0]).toMatchObject({ type: 'conversation', event: 'merged' })
    const { items } = await sana.call.audit.list({})
    expect(items[0]).toMatchObject({ action: 'conversation.merged' })
  })

  test('a search in the survivor finds what was said in its parts and says whose they are, one in a part that part alone', async () => {
    const [first, second, survivor, other] = [await open(), await open(), await open(), await open()]
    for (const id of [first, second, survivor, other]) await say(id, 'The blue kettle')
    await merge(first, second)
    const { conversationMergeId } = await merge(second, survivor)
    const find = async (conversationId: string) =>
      (await agent.call.chat.message.search({ search: 'blue', conversationId })).items.map((found) => [
        found.conversationId,
        found.mergedInto,
      ])
    expect(await find(survivor)).toEqual([
      [survivor, null],
      [second, survivor],
      [first, survivor],
    ])
    expect(await find(first)).toEqual([[first, survivor]])
    expect(await find(other)).toEqual([[other, null]])
    await separate(conversationMergeId)
    expect(await find(survivor)).toEqual([[survivor, null]])
    expect(await find(second)).toEqual([
      [second, null],
      [first, second],
    ])
  })

  test('a search in the survivor goes through its parts page by page, and through those of the customer asked for alone', async () => {
    const stranger = await chat.addCustomer('Bilal Ahmed')
    const [part, survivor] = [await open('Kettle', stranger), await open()]
    for (let line = 1; line <= 3; line++) for (const id of [part, survivor]) await say(id, `Line ${line}`)
    await merge(part, survivor, { ofDifferentCustomers: true })
    const seqs: [string, number][] = []
    for (let cursor: string | null = null, pages = 0; pages < 3; pages++) {
      const input = { search: 'line', conversationId: survivor, limit: 2, cursor }
      const page: Awaited<ReturnType<typeof agent.call.chat.message.search>> =
        await agent.call.chat.message.search(input)
      seqs.push(...page.items.map(({ conversationId, seq }): [string, number] => [conversationId, seq]))
      cursor = page.nextCursor
      expect(cursor === null).toBe(pages === 2)
    }
    const each = [3, 2, 1].flatMap((seq): [string, number][] => [
      [survivor, seq],
      [part, seq],
    ])
    expect(seqs).toEqual(each)
    const ofOne = { search: 'line', conversationId: survivor, customerId: stranger }
    const { items } = await agent.call.chat.message.search(ofOne)
    expect(items.map(({ conversationId }) => conversationId)).toEqual([part, part, part])
  })

  test('is told to everybody at once: the part with where it went, the survivor as it is', async () => {
    const [part, survivor] = [await open(), await open()]
    const { conversationMergeId } = await merge(part, survivor)
    await separate(conversationMergeId)
    const told = await chat.inTenant((db) =>
      db.selectFrom('changes').select('payload').orderBy('seq', 'desc').limit(4).execute(),
    )
    const heard = told.map(({ payload }) => payload as { kind: string; conversation: { id: string } })
    expect(heard.toReversed()).toMatchObject([
      { kind: 'conversation.updated', conversation: { id: part, mergedInto: survivor } },
      { kind: 'conversation.updated', conversation: { id: survivor, mergedInto: null } },
      { kind: 'conversation.updated', conversation: { id: part, mergedInto: null } },
      { kind: 'conversation.updated', conversation: { id: survivor, mergedInto: null } },
    ])
  })

  test('snoozes until the sooner of two times, and nobody who has left is given it', async () => {
    const [part, survivor] = [await open(), await open()]
    const gone = await chat.addMember('agent', 'Gone')
    await agent.call.chat.conversation.assign({ id: part, assigneeId: gone.user.id })
    await chat.inTenant((db) =>
      db.updateTable('members').set({ removed_at: new Date() }).where('user_id', '=', gone.user.id).execute(),
    )
    const sooner = inDays(1)
    await agent.call.chat.conversation.setStatus({ id: part, status: 'snoozed', snoozedUntil: sooner })
    await agent.call.chat.conversation.setStatus({ id: survivor, status: 'snoozed', snoozedUntil: inDays(2) })
    const merged = await merge(part, survivor)
    expect(merged.survivor).toMatchObject({ status: 'snoozed', snoozedUntil: sooner, assigneeId: null })
    expect(merged.merged.snoozedUntil).toBeNull()
    expect((await separate(merged.conversationMergeId)).merged).toMatchObject({ snoozedUntil: sooner })
  })
})

type Counted = 'conversations' | 'messages' | 'resolved'
const sum = ({ days }: { days: readonly Record<Counted, number>[] }, what: Counted) =>
  days.reduce((total, day) => total + day[what], 0)

describe('what comes after', () => {
  test('a customer who writes to the part is heard in the survivor, once, whatever is merged and undone meanwhile', async () => {
    const [part, survivor] = [await open(), await open()]
    const [early, late] = [newId(), newId()]
    await chat.hearCustomer(part, 'before', early)
    const { conversationMergeId } = await merge(part, survivor)
    expect((await chat.hearCustomer(part, 'before', early)).outcome).toBe('duplicate')
    const { message } = await chat.hearCustomer(part, 'after', late)
    expect(message).toMatchObject({ conversationId: survivor, authorId: customerId })
    await separate(conversationMergeId)
    expect((await chat.hearCustomer(part, 'after', late)).outcome).toBe('duplicate')
    expect([await bodies(part), await bodies(survivor)]).toEqual([['before'], ['after']])
    expect(await byId(survivor)).toMatchObject({ waitingSince: message.createdAt })
  })

  test('nothing else happens in the part: everybody who tries is told where it went on', async () => {
    const [part, survivor] = [await open(), await open()]
    const clientId = newId()
    const sent = { conversationId: part, clientId, body: 'sent before' }
    await agent.call.chat.message.send(sent)
    await merge(part, survivor)
    const { chat: tried, scheduled } = agent.call
    const later = { conversationId: part, clientId: newId(), body: 'x', sendAt: inDays(1), lastSeenSeq: 1 }
    const refusals = await readRefusals([
      say(part, 'too late'),
      tried.message.send({ ...sent, clientId: newId(), private: true }),
      tried.conversation.setStatus({ id: part, status: 'open' }),
      tried.conversation.assign({ id: part, assigneeId: null }),
      tried.conversation.setPriority({ id: part, priority: 'high' }),
      tried.conversation.setTeam({ id: part, teamId: null }),
      tried.conversation.setLabels({ id: part, add: [] }),
      scheduled.create(later),
    ])
    for (const { data } of refusals) {
      const details = { id: part, mergedInto: survivor, reason: 'merged' }
      expect(data.domain).toMatchObject({ code: 'CONFLICT', details })
    }
    const many = await tried.many.setStatus({ items: [{ id: part, status: 'open' }] })
    expect(many.refused).toEqual([{ id: part, code: 'CONFLICT' }])
    // What had arrived before is still a repetition, and one's own words may still be put right.
    expect((await tried.message.send(sent)).outcome).toBe('duplicate')
    const { items } = await tried.message.list({ conversationId: part })
    await tried.message.edit({ id: items[0]?.id ?? '', body: 'put right' })
    expect((await byId(survivor)).lastMessagePreview).toBe('sent before')
  })

  test('what is said and changed in the survivor stays there when the merge is undone', async () => {
    const [part, survivor] = [await open(), await open()]
    await chat.hearCustomer(part, 'waiting')
    await agent.call.chat.conversation.setPriority({ id: part, priority: 'high' })
    await agent.call.chat.conversation.assign({ id: part, assigneeId: agent.user.id })
    const { waitingSince } = await byId(part)
    const { conversationMergeId } = await merge(part, survivor)
    await chat.hearCustomer(survivor, 'new question')
    const { message } = await say(survivor, 'answered')
    await agent.call.chat.conversation.setPriority({ id: survivor, priority: 'low' })
    const { kept, survivor: now, merged } = await separate(conversationMergeId)
    expect(kept).toEqual(['priority'])
    expect(now).toMatchObject({ priority: 'low', assigneeId: null, waitingSince: null, status: 'open' })
    expect(merged).toMatchObject({ priority: 'high', assigneeId: agent.user.id, waitingSince })
    const row = await readRow(survivor)
    expect(row.first_response_at?.toISOString()).toBe(message.createdAt)
    expect(row.last_message_preview).toBe('answered')
  })

  test('what was written for later waits for its author in the survivor, and goes back as it was', async () => {
    const [part, survivor] = [await open(), await open()]
    const later = { conversationId: part, body: 'Good morning', sendAt: inDays(1), lastSeenSeq: 0 }
    const [first, second] = [
      await agent.call.scheduled.create({ ...later, clientId: newId() }),
      await agent.call.scheduled.create({ ...later, clientId: newId() }),
    ]
    const { conversationMergeId } = await merge(part, survivor)
    const { items } = await agent.call.scheduled.list({ conversationId: survivor })
    expect(items.map(({ heldReason }) => heldReason)).toEqual(['merged', 'merged'])
    await agent.call.scheduled.sendNow({ scheduledId: first.id, lastSeenSeq: 0 })
    await api.database.master.deleteFrom('tenant_alarms').execute()
    await separate(conversationMergeId)
    expect(await bodies(survivor)).toEqual(['Good morning'])
    expect((await agent.call.scheduled.list({ conversationId: part })).items).toEqual([second])
    const alarm = await api.database.master.selectFrom('tenant_alarms').select('due_at').executeTakeFirst()
    expect(alarm?.due_at.toISOString()).toBe(second.sendAt)
  })
})

describe('several at once', () => {
  test('of two who merge the same two into each other one succeeds, and the same merge twice is one', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await open(), await open()]
      const done = await Promise.allSettled([merge(one, other), merge(other, one)])
      expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const [third, fourth] = [await open(), await open()]
      const same = await Promise.all([merge(third, fourth), merge(third, fourth)])
      expect(same[0].conversationMergeId).toBe(same[1].conversationMergeId)
    }
  })

  test('messages that arrive while two become one, and two again, are all there once', async () => {
    const [part, survivor] = [await open(), await open()]
    const words = Array.from({ length: 30 }, (_, index) => `message ${index}`)
    const hearing = Promise.all(words.map((word) => chat.hearCustomer(part, word)))
    for (let round = 0; round < 3; round++) {
      const { conversationMergeId } = await merge(part, survivor)
      await separate(conversationMergeId)
    }
    await hearing
    const heard = [...(await bodies(part)), ...(await bodies(survivor))]
    expect(heard.toSorted()).toEqual(words.toSorted())
    for (const id of [part, survivor]) {
      const { items } = await agent.call.chat.message.list({ conversationId: id })
      expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1))
    }
  })
})

describe('chains', () => {
  test('lead to the last of them, and are undone in turn', async () => {
    const [first, second, third, fourth] = [
      await open('1'),
      await open('2'),
      await open('3'),
      await open('4'),
    ]
    const one = await merge(first, second)
    const two = await merge(second, third)
    const three = await merge(fourth, third)
    expect((await byId(first)).mergedInto).toBe(third)
    expect((await chat.hearCustomer(first, 'hello')).message.conversationId).toBe(third)
    const { items } = await agent.call.merge.of({ conversationId: third })
    expect(items.map(({ subject, undoUntil }) => [subject, undoUntil !== null])).toEqual([
      ['1', false],
      ['2', false],
      ['4', true],
    ])
    const reasonOf = async (id: string) => (await readRefusal(separate(id))).data.domain?.details?.['reason']
    expect(await reasonOf(one.conversationMergeId)).toBe('merged')
    expect(await reasonOf(two.conversationMergeId)).toBe('later')
    await separate(three.conversationMergeId)
    await separate(two.conversationMergeId)
    expect((await byId(first)).mergedInto).toBe(second)
    await separate(one.conversationMergeId)
    expect((await chat.listIds(agent, {})).toSorted()).toEqual([first, second, third, fourth].toSorted())
  })

  test('the customers in between may become one, and part again', async () => {
    const other = await chat.addCustomer('Amina B.')
    const [part, survivor] = [await open('theirs', other), await open()]
    const versions = { survivorVersion: 1, merged: [{ id: other, version: 1 }] }
    const { id: mergeId } = await sana.call.duplicate.merge({ survivorId: customerId, ...versions })
    const { conversationMergeId } = await merge(part, survivor)
    await sana.call.duplicate.undoMerge({ mergeId })
    expect(await byId(part)).toMatchObject({ customerId: other, mergedInto: survivor })
    await sana.call.customer.archive({ id: other })
    expect((await chat.hearCustomer(part, 'still me')).message).toMatchObject({
      ...{ conversationId: survivor, authorId: other },
    })
    expect((await separate(conversationMergeId)).merged).toMatchObject({ customerId: other })
  })
})

describe('is refused', () => {
  const reasonOf = async (call: Promise<unknown>) =>
    (await readRefusal(call)).data.domain?.details?.['reason']

  test('of different customers, unless that is meant', async () => {
    const part = await open('other', await chat.addCustomer('Bilal'))
    const survivor = await open()
    expect(await reasonOf(merge(part, survivor))).toBe('customers')
    const answer = await agent.call.merge.preview({
      mergedConversationId: part,
      survivorConversationId: survivor,
    })
    expect(answer.areOfDifferentCustomers).toBe(true)
    const merged = await merge(part, survivor, { ofDifferentCustomers: true })
    expect(merged.merged.mergedInto).toBe(survivor)
  })

  test('with itself, with what is not there, and of what is a part already', async () => {
    const [part, survivor, other] = [await open(), await open(), await open()]
    const [same, unknown, unknownMerge] = await readRefusals([
      merge(part, part),
      merge(part, newId()),
      separate(newId()),
    ])
    expect(same?.data.fields?.fieldErrors).toHaveProperty('survivorConversationId')
    expect(unknown?.data.domain?.code).toBe('NOT_FOUND')
    expect(unknownMerge?.data.domain?.code).toBe('NOT_FOUND')
    await merge(part, survivor)
    expect(await reasonOf(merge(part, other))).toBe('merged')
    expect(await reasonOf(merge(other, part))).toBe('merged')
    const preview = await agent.call.merge.preview({
      mergedConversationId: part,
      survivorConversationId: other,
    })
    expect(preview.refusal).toBe('merged')
  })

  test(`of more than ${CONVERSATION_PARTS_MAX} together, and with more than ${CONVERSATION_LABELS_MAX} labels`, async () => {
    const [part, survivor] = [await open(), await open()]
    const now = new Date()
    const fill = Array.from({ length: CONVERSATION_PARTS_MAX - 2 }, () => ({
      ...{
        id: newId(),
        customer_id: customerId,
        status: 'resolved' as const,
        created_at: now,
        updated_at: now,
      },
      merged_into: survivor,
    }))
    await chat.inTenant((db) => db.insertInto('conversations').values(fill).execute())
    const { conversationMergeId } = await merge(part, survivor)
    await separate(conversationMergeId)
    const one = fill[0]?.id ?? ''
    const [oneMore, oneLess] = [await open(), part]
    await merge(oneLess, oneMore)
    expect(await reasonOf(merge(oneMore, survivor))).toBe('full')
    await chat.inTenant((db) =>
      db.updateTable('conversations').set({ merged_into: null }).where('id', '=', one).execute(),
    )
    await addLabels(
      oneMore,
      Array.from({ length: CONVERSATION_LABELS_MAX }, (_, index) => `label ${index}`),
    )
    await addLabels(survivor, ['one more'])
    expect(await reasonOf(merge(oneMore, survivor))).toBe('labels')
  })

  test('to be undone after so many days', async () => {
    const [part, survivor] = [await open(), await open()]
    const { conversationMergeId } = await merge(part, survivor)
    const setAge = (days: number) =>
      chat.inTenant((db) =>
        db
          .updateTable('conversation_merges')
          .set({ merged_at: new Date(Date.now() - days * DAY_MS) })
          .where('id', '=', conversationMergeId)
          .execute(),
      )
    await setAge(CONVERSATION_SEPARATE_DAYS_MAX + 0.01)
    expect(await reasonOf(separate(conversationMergeId))).toBe('too-late')
    expect((await agent.call.merge.of({ conversationId: survivor })).items[0]?.undoUntil).toBeNull()
    await setAge(CONVERSATION_SEPARATE_DAYS_MAX - 0.01)
    expect((await separate(conversationMergeId)).merged.mergedInto).toBeNull()
  })

  test('to who may resolve but not assign', async () => {
    const [part, survivor] = [await open(), await open()]
    const { conversationMergeId } = await merge(await open(), survivor)
    const role = await sana.call.permission.role.create({
      name: 'Closers',
      permissions: ['chat:read', 'chat:resolve'],
    })
    await sana.call.permission.member.setRole({ userId: agent.user.id, roleId: role.id })
    for (const call of [() => merge(part, survivor), () => separate(conversationMergeId)])
      expect((await readRefusal(call())).data.domain?.code).toBe('FORBIDDEN')
  })
})

describe('candidates', () => {
  test("are the same customer's, open ones first; a search finds others' as well, by name, subject, number and address", async () => {
    const here = await open('here')
    const [resolved, opened] = [await open('resolved one'), await open('open one')]
    await say(resolved, 'last active')
    await agent.call.chat.conversation.setStatus({ id: resolved, status: 'resolved' })
    const bilal = await chat.addCustomer('Bilal Khan')
    await chat.inTenant((db) =>
      db.updateTable('customers').set({ phone: '+923001234567' }).where('id', '=', bilal).execute(),
    )
    const other = await open('something else', bilal)
    const merged = await open('merged')
    await merge(merged, here)
    const find = async (search?: string) =>
      (await agent.call.merge.candidates({ conversationId: here, search })).items.map(({ id }) => id)
    expect(await find()).toEqual([opened, resolved])
    expect(await find('one')).toEqual([opened, resolved])
    expect(await find('bilal')).toEqual([other])
    expect(await find('else')).toEqual([other])
    expect(await find('0300 123 4567')).toEqual([other])
    expect(await find(`http://localhost:3000/rabin/chat/${other}`)).toEqual([other])
    expect(await find('100%')).toEqual([])
  })

  test(`are ${MERGE_CANDIDATES_MAX} at most`, async () => {
    const here = await open()
    for (let count = 0; count <= MERGE_CANDIDATES_MAX; count++) await open()
    const { items } = await agent.call.merge.candidates({ conversationId: here })
    expect(items).toHaveLength(MERGE_CANDIDATES_MAX)
  })
})
