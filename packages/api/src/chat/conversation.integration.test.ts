import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApi, readRefusal, type TestApi, type TestMember } from '../testing.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'
import { UNREAD_COUNT_MAX } from './unread.ts'

let api: TestApi
let desk: TestChat
let amir: TestMember
let sana: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await openTestChat(api)
  amir = await desk.addMember('agent', 'Amir')
  sana = await desk.addMember('agent', 'Sana')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

const send = (member: TestMember, conversationId: string, body: string) =>
  member.call.chat.message.send({ conversationId, clientId: newId(), body })
const list = async (
  member: TestMember,
  input: Parameters<TestMember['call']['chat']['conversation']['list']>[0],
) => (await member.call.chat.conversation.list(input)).items.map(({ id }) => id)
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString()

describe('a new conversation', () => {
  test('is open, of nobody, and waits for nothing', async () => {
    const customerId = await desk.addCustomer('Bilal Ahmed')
    const conversation = await amir.call.chat.conversation.create({ customerId, subject: '  Refund  ' })
    expect(conversation).toMatchObject({
      customerId,
      customerName: 'Bilal Ahmed',
      subject: 'Refund',
      status: 'open',
      assigneeId: null,
      lastSeq: 0,
      lastMessageAt: null,
      waitingSince: null,
    })
    expect(await amir.call.chat.conversation.byId({ id: conversation.id })).toEqual({
      ...conversation,
      lastReadSeq: 0,
      unread: 0,
    })
  })

  test('is refused for a customer who is archived or not there', async () => {
    const customerId = await desk.addCustomer()
    await api.database.withTenant(desk.tenantKey, (db) =>
      db.updateTable('customers').set({ archived_at: new Date() }).where('id', '=', customerId).execute(),
    )
    const archived = await readRefusal(amir.call.chat.conversation.create({ customerId }))
    expect(archived.data.domain).toMatchObject({ code: 'CONFLICT' })
    const foreign = await readRefusal(amir.call.chat.conversation.create({ customerId: newId() }))
    expect(foreign.data.domain).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('the list', () => {
  test('has the last active first, and its pages meet without gap or repeat', async () => {
    const chat = await openTestChat(api)
    const member = await chat.addMember('agent')
    const ids: string[] = []
    for (let count = 0; count < 7; count++) ids.push(await chat.openConversation(member))
    await api.database.withTenant(chat.tenantKey, (db) =>
      db
        .updateTable('conversations')
        .set({ updated_at: new Date(0) })
        .where('id', 'in', ids)
        .execute(),
    )
    await send(member, ids[2] ?? '', 'hello')
    const pages: string[][] = []
    let cursor: string | null = null
    do {
      const page = await member.call.chat.conversation.list({ limit: 3, cursor })
      pages.push(page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1])
    expect(pages.flat()).toEqual([ids[2], ...ids.filter((id) => id !== ids[2]).toReversed()])
    await chat[Symbol.asyncDispose]()
  })

  test('narrows by box, status, customer and waiting', async () => {
    const chat = await openTestChat(api)
    const [me, other] = [await chat.addMember('agent'), await chat.addMember('agent')]
    const [mine, theirs, nobodys] = [
      await chat.openConversation(me),
      await chat.openConversation(me),
      await chat.openConversation(me),
    ]
    await me.call.chat.conversation.assign({ id: mine, assigneeId: me.user.id })
    await me.call.chat.conversation.assign({ id: theirs, assigneeId: other.user.id })
    await me.call.chat.conversation.setStatus({ id: theirs, status: 'resolved' })
    await chat.hearCustomer(nobodys, 'hello?')
    expect(await list(me, { box: 'mine' })).toEqual([mine])
    expect(await list(me, { box: 'unassigned' })).toEqual([nobodys])
    expect(await list(me, { box: 'all' })).toHaveLength(3)
    expect(await list(me, { status: 'resolved' })).toEqual([theirs])
    expect(await list(me, { waiting: true })).toEqual([nobodys])
    expect(await list(me, { waiting: false })).toHaveLength(2)
    const { customerId } = await me.call.chat.conversation.byId({ id: mine })
    expect(await list(me, { customerId, box: 'all' })).toEqual([mine])
    await chat[Symbol.asyncDispose]()
  })

  test('finds by name, subject and last message, and takes wildcards literally', async () => {
    const chat = await openTestChat(api)
    const me = await chat.addMember('agent')
    const open = async (name: string, subject: string) =>
      (await me.call.chat.conversation.create({ customerId: await chat.addCustomer(name), subject })).id
    const percent = await open('Zainab 100%', 'a_b')
    const urdu = await open('زینب', "it's a \\ path")
    const plain = await open('Zainab 1000', 'aXb')
    await send(me, plain, 'your parcel!')
    expect(await list(me, { search: '100%' })).toEqual([percent])
    expect(await list(me, { search: 'a_b' })).toEqual([percent])
    expect(await list(me, { search: 'zainab' })).toEqual([plain, percent])
    expect(await list(me, { search: 'زین' })).toEqual([urdu])
    expect(await list(me, { search: "it's a \\" })).toEqual([urdu])
    expect(await list(me, { search: 'parcel!' })).toEqual([plain])
    expect(await list(me, { search: '' })).toHaveLength(3)
    await chat[Symbol.asyncDispose]()
  })

  test('refuses a cursor it never gave out', async () => {
    for (const cursor of ['x', Buffer.from('["-activity","never",null]').toString('base64url')]) {
      const { data } = await readRefusal(amir.call.chat.conversation.list({ cursor }))
      expect(data).toMatchObject({ code: 'BAD_REQUEST', domain: { code: 'INVALID' } })
    }
  })
})

describe('what is unread', () => {
  test('is what others wrote behind my position; never what I wrote', async () => {
    const id = await desk.openConversation(amir)
    await desk.hearCustomer(id, 'one')
    await desk.hearCustomer(id, 'two')
    await send(amir, id, 'mine')
    await amir.call.chat.conversation.markRead({ id, seq: 1 })
    await send(sana, id, 'hers')
    await send(amir, id, 'mine again')
    expect(await amir.call.chat.conversation.byId({ id })).toMatchObject({ lastReadSeq: 1, unread: 2 })
    const { items } = await amir.call.chat.conversation.list({})
    expect(items.find((item) => item.id === id)).toMatchObject({ lastReadSeq: 1, unread: 2 })
    expect(await sana.call.chat.conversation.byId({ id })).toMatchObject({ lastReadSeq: 0, unread: 4 })
  })

  test('is counted no further than a badge is read', async () => {
    const id = await desk.openConversation(amir)
    for (let count = 0; count < UNREAD_COUNT_MAX + 5; count++) await desk.hearCustomer(id, `message ${count}`)
    expect(await amir.call.chat.conversation.byId({ id })).toMatchObject({ unread: UNREAD_COUNT_MAX })
  })

  test('never comes back: a position moves forward only, and not past the last message', async () => {
    const id = await desk.openConversation(amir)
    for (const body of ['one', 'two', 'three']) await desk.hearCustomer(id, body)
    expect(await amir.call.chat.conversation.markRead({ id, seq: 2 })).toEqual({ id, lastReadSeq: 2 })
    expect(await amir.call.chat.conversation.markRead({ id, seq: 1 })).toEqual({ id, lastReadSeq: 2 })
    expect(await amir.call.chat.conversation.markRead({ id, seq: 99 })).toEqual({ id, lastReadSeq: 3 })
    const results = await Promise.all(
      [3, 1, 2, 0].map((seq) => sana.call.chat.conversation.markRead({ id, seq })),
    )
    expect(Math.max(...results.map(({ lastReadSeq }) => lastReadSeq))).toBe(3)
    expect(await sana.call.chat.conversation.byId({ id })).toMatchObject({ lastReadSeq: 3, unread: 0 })
  })
})

describe('the status', () => {
  test('goes from open to snoozed to resolved and back, and each step is written down once', async () => {
    const id = await desk.openConversation(amir)
    const snoozedUntil = tomorrow()
    const { setStatus } = amir.call.chat.conversation
    expect(await setStatus({ id, status: 'snoozed', snoozedUntil })).toMatchObject({
      status: 'snoozed',
      snoozedUntil,
    })
    await setStatus({ id, status: 'snoozed', snoozedUntil })
    expect(await setStatus({ id, status: 'resolved' })).toMatchObject({
      status: 'resolved',
      snoozedUntil: null,
      resolvedAt: expect.any(String),
    })
    expect(await setStatus({ id, status: 'open' })).toMatchObject({ status: 'open', resolvedAt: null })
    expect(await listEvents(id)).toEqual(['created', 'snoozed', 'resolved', 'reopened'])
  })

  test('resolved means that nobody waits any more, snoozed does not', async () => {
    const id = await desk.openConversation(amir)
    await desk.hearCustomer(id, 'hello?')
    const { setStatus } = amir.call.chat.conversation
    expect((await setStatus({ id, status: 'snoozed', snoozedUntil: tomorrow() })).waitingSince).not.toBeNull()
    expect((await setStatus({ id, status: 'resolved' })).waitingSince).toBeNull()
  })

  test('cannot be snoozed into the past or beyond a year', async () => {
    const id = await desk.openConversation(amir)
    for (const snoozedUntil of [new Date(Date.now() - 1).toISOString(), '2099-01-01T00:00:00.000Z']) {
      const { data } = await readRefusal(
        amir.call.chat.conversation.setStatus({ id, status: 'snoozed', snoozedUntil }),
      )
      expect(data).toMatchObject({
        domain: { code: 'INVALID' },
        fields: { fieldErrors: { snoozedUntil: [expect.any(String)] } },
      })
    }
  })
})

describe('an assignee', () => {
  test('is a member or nobody, and each change is written down once', async () => {
    const id = await desk.openConversation(amir)
    const { assign } = amir.call.chat.conversation
    expect(await assign({ id, assigneeId: sana.user.id })).toMatchObject({
      assigneeId: sana.user.id,
      assigneeName: 'Sana',
    })
    await assign({ id, assigneeId: sana.user.id })
    expect(await assign({ id, assigneeId: null })).toMatchObject({ assigneeId: null, assigneeName: null })
    expect(await listEvents(id)).toEqual(['created', 'assigned', 'unassigned'])
  })

  test('is never somebody who has left or was never here', async () => {
    const id = await desk.openConversation(amir)
    const gone = await desk.addMember('agent', 'Gone')
    await api.database.withTenant(desk.tenantKey, (db) =>
      db.updateTable('members').set({ removed_at: new Date() }).where('user_id', '=', gone.user.id).execute(),
    )
    for (const assigneeId of [gone.user.id, newId()]) {
      const { data } = await readRefusal(amir.call.chat.conversation.assign({ id, assigneeId }))
      expect(data.domain).toMatchObject({ code: 'NOT_FOUND' })
    }
    const { items } = await amir.call.chat.member.list()
    expect(items).toContainEqual({ id: sana.user.id, name: 'Sana' })
    expect(items.map(({ name }) => name)).not.toContain('Gone')
  })
})

describe('messages', () => {
  test('are listed newest last, page by page backwards, with their authors', async () => {
    const id = await desk.openConversation(amir)
    await desk.hearCustomer(id, 'one')
    for (const body of ['two', 'three', 'four', 'five']) await send(amir, id, body)
    const last = await sana.call.chat.message.list({ conversationId: id, limit: 2 })
    expect(last).toMatchObject({
      items: [{ body: 'four' }, { body: 'five', authorName: 'Amir' }],
      nextCursor: 4,
    })
    const before = await sana.call.chat.message.list({
      conversationId: id,
      limit: 2,
      cursor: last.nextCursor,
    })
    expect(before).toMatchObject({ items: [{ body: 'two' }, { body: 'three' }], nextCursor: 2 })
    const first = await sana.call.chat.message.list({ conversationId: id, limit: 2, beforeSeq: 2 })
    expect(first).toMatchObject({ items: [{ body: 'one', authorName: 'Amina Baloch' }], nextCursor: null })
  })

  test('of a conversation that is not there are NOT_FOUND, not an empty list', async () => {
    const { data } = await readRefusal(amir.call.chat.message.list({ conversationId: newId() }))
    expect(data.domain).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('another tenant', () => {
  test('has none of it: every id of this one is NOT_FOUND there', async () => {
    const other = await openTestChat(api)
    const stranger = await other.addMember('owner')
    const id = await desk.openConversation(amir)
    await send(amir, id, 'a secret')
    const { conversation, message } = stranger.call.chat
    const calls = [
      conversation.byId({ id }),
      conversation.setStatus({ id, status: 'resolved' }),
      conversation.assign({ id, assigneeId: null }),
      conversation.markRead({ id, seq: 1 }),
      message.list({ conversationId: id }),
      message.send({ conversationId: id, clientId: newId(), body: 'hello' }),
    ]
    const refusals = await Promise.all(calls.map((call) => readRefusal(call)))
    expect(refusals.map(({ data }) => data.domain?.code)).toEqual(calls.map(() => 'NOT_FOUND'))
    expect(await list(stranger, {})).toEqual([])
    await other[Symbol.asyncDispose]()
  })
})

async function listEvents(id: string): Promise<string[]> {
  const rows = await api.database.withTenant(desk.tenantKey, (db) =>
    db
      .selectFrom('conversation_events')
      .select('kind')
      .where('conversation_id', '=', id)
      .orderBy('id')
      .execute(),
  )
  return rows.map(({ kind }) => kind)
}
