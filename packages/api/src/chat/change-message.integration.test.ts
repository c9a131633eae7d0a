import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApi, readRefusal, readRefusals, type TestApi, type TestMember } from '../testing.ts'
import { CHAT_LIST_LIMIT_MAX, MESSAGE_CHANGE_MINUTES_MAX } from './schema.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'
import { VERSIONS_LIMIT_DEFAULT } from './version-schema.ts'

let api: TestApi
let desk: TestChat
let amir: TestMember
let sana: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await openTestChat(api)
  amir = await desk.addMember('agent', 'Amir')
  sana = await desk.addMember('owner', 'Sana')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

async function say(conversationId: string, body: string, note?: { mentions: string[] }) {
  const input = { conversationId, clientId: newId(), body, ...(note && { private: true, ...note }) }
  return (await amir.call.chat.message.send(input)).message
}

const previewOf = async (id: string) => (await amir.call.chat.conversation.byId({ id })).lastMessagePreview
const inDatabase = <T>(work: Parameters<typeof api.database.withTenant<T>>[1]) =>
  api.database.withTenant(desk.tenantKey, work)
const readTold = (entityId: string) =>
  inDatabase((db) =>
    db
      .selectFrom('changes')
      .select(['kind', 'payload'])
      .where('entity_id', '=', entityId)
      .orderBy('seq')
      .execute(),
  )

/** As if it had been written so long ago. */
const age = (id: string, minutes: number) =>
  inDatabase((db) =>
    db
      .updateTable('messages')
      .set({ created_at: new Date(Date.now() - minutes * 60_000) })
      .where('id', '=', id)
      .execute(),
  )

test('an edited message has its number, a mark, what stood there before, and is told once', async () => {
  const conversationId = await desk.openConversation(amir)
  const sent = await say(conversationId, 'at five')
  const edited = await amir.call.chat.message.edit({ id: sent.id, body: 'at six' })
  expect(edited).toEqual({ ...sent, body: 'at six', revision: 1, editedAt: expect.any(String) })
  expect(await amir.call.chat.message.edit({ id: sent.id, body: 'at six' })).toEqual(edited)
  expect((await sana.call.chat.message.list({ conversationId })).items).toEqual([edited])
  expect(await previewOf(conversationId)).toBe('at six')
  const told = await readTold(sent.id)
  expect(told.map(({ kind }) => kind)).toEqual(['message.created', 'message.updated'])
  expect(told[1]?.payload).toMatchObject({ message: edited, conversation: { lastMessagePreview: 'at six' } })
  const kept = await inDatabase((db) =>
    db.selectFrom('message_versions').selectAll().where('message_id', '=', sent.id).execute(),
  )
  expect(kept).toMatchObject([{ revision: 0, body: 'at five', replaced_by: amir.user.id }])
})

test('a deleted message leaves its place and time, no words, no mention, and the preview of what was said before', async () => {
  const conversationId = await desk.openConversation(amir)
  await desk.hearCustomer(conversationId, 'hello?')
  const answer = await say(conversationId, 'wrong customer')
  const note = await say(conversationId, '@Sana look', { mentions: [sana.user.id] })
  for (const { id } of [answer, note]) {
    const deleted = await amir.call.chat.message.remove({ id })
    expect(deleted).toMatchObject({ id, body: '', deletedAt: expect.any(String) })
    expect(await amir.call.chat.message.remove({ id })).toEqual(deleted)
    expect((await readTold(id)).map(({ kind }) => kind)).toEqual(['message.created', 'message.updated'])
  }
  const { items } = await sana.call.chat.message.list({ conversationId })
  expect(items.map(({ seq, body }) => [seq, body])).toEqual([
    [1, 'hello?'],
    [2, ''],
    [3, ''],
  ])
  expect(items[2]).not.toHaveProperty('mentions')
  expect(await previewOf(conversationId)).toBe('hello?')
  expect((await sana.call.chat.conversation.list({ box: 'mentions' })).items).toEqual([])
})

describe('nobody changes', () => {
  test('what somebody else or the customer wrote, nor what is not there', async () => {
    const conversationId = await desk.openConversation(amir)
    const mine = await say(conversationId, 'mine')
    const theirs = (await desk.hearCustomer(conversationId, 'theirs')).message
    const codeOf = async (member: TestMember, id: string) => {
      const { data } = await readRefusal(member.call.chat.message.edit({ id, body: 'x' }))
      expect((await readRefusal(member.call.chat.message.remove({ id }))).data.domain?.code).toBe(
        data.domain?.code,
      )
      return data.domain?.code
    }
    expect(await codeOf(sana, mine.id)).toBe('FORBIDDEN')
    expect(await codeOf(amir, theirs.id)).toBe('FORBIDDEN')
    expect(await codeOf(amir, newId())).toBe('NOT_FOUND')
  })

  test('what was sent too long ago, to the minute, nor the words of what is deleted', async () => {
    const conversationId = await desk.openConversation(amir)
    const { id } = await say(conversationId, 'old')
    await age(id, MESSAGE_CHANGE_MINUTES_MAX + 1)
    const refusals = await readRefusals([
      amir.call.chat.message.edit({ id, body: 'new' }),
      amir.call.chat.message.remove({ id }),
    ])
    const tooLate = { code: 'CONFLICT', details: { reason: 'too-late' } }
    expect(refusals.map(({ data }) => data.domain)).toMatchObject([tooLate, tooLate])
    await age(id, MESSAGE_CHANGE_MINUTES_MAX - 1)
    await amir.call.chat.message.remove({ id })
    const refusal = await readRefusal(amir.call.chat.message.edit({ id, body: 'back again' }))
    expect(refusal.data.domain?.details).toEqual({ reason: 'deleted' })
  })
})

describe('what stood in a message before', () => {
  test('is read by whoever reads the conversation, the last first, with who replaced it and when, page by page', async () => {
    const conversationId = await desk.openConversation(amir)
    const { id } = await say(conversationId, 'at five')
    const { versions } = sana.call.chat.message
    expect(await versions({ id })).toEqual({ items: [], nextCursor: null })
    for (const body of ['at six', 'at seven', 'چھ بجے']) await amir.call.chat.message.edit({ id, body })
    const { items } = await versions({ id })
    const kept = { replacedByName: 'Amir', replacedAt: expect.any(String) }
    expect(items).toEqual([
      { revision: 2, body: 'at seven', ...kept },
      { revision: 1, body: 'at six', ...kept },
      { revision: 0, body: 'at five', ...kept },
    ])
    const first = await versions({ id, limit: 2 })
    expect(first).toEqual({ items: items.slice(0, 2), nextCursor: 1 })
    expect(await versions({ id, limit: 2, cursor: first.nextCursor })).toEqual({
      items: items.slice(2),
      nextCursor: null,
    })
  })

  test('comes in pages of a stated size, and no larger than one may ask for', async () => {
    const conversationId = await desk.openConversation(amir)
    const { id } = await say(conversationId, 'now')
    const rows = Array.from({ length: VERSIONS_LIMIT_DEFAULT + 1 }, (_, revision) => ({
      ...{ message_id: id, revision, body: `${revision}`, replaced_by: newId(), replaced_at: new Date() },
    }))
    await inDatabase((db) => db.insertInto('message_versions').values(rows).execute())
    const { versions } = sana.call.chat.message
    const page = await versions({ id })
    expect(page.items).toHaveLength(VERSIONS_LIMIT_DEFAULT)
    expect(page.items[0]).toMatchObject({ revision: VERSIONS_LIMIT_DEFAULT, replacedByName: null })
    expect(page.nextCursor).toBe(1)
    const { data } = await readRefusal(versions({ id, limit: CHAT_LIST_LIMIT_MAX + 1 }))
    expect(data.fields).toHaveProperty('fieldErrors.limit')
  })

  test('is shown to nobody once the message is deleted, nor to another tenant', async () => {
    const conversationId = await desk.openConversation(amir)
    const edited = await say(conversationId, 'a secret')
    const gone = await say(conversationId, 'a mistake')
    for (const { id } of [edited, gone]) await amir.call.chat.message.edit({ id, body: 'nothing' })
    await amir.call.chat.message.remove({ id: gone.id })
    await using other = await openTestChat(api)
    const stranger = await other.addMember('owner')
    const refusals = await readRefusals([
      amir.call.chat.message.versions({ id: gone.id }),
      sana.call.chat.message.versions({ id: gone.id }),
      sana.call.chat.message.versions({ id: newId() }),
      stranger.call.chat.message.versions({ id: edited.id }),
    ])
    expect(refusals.map(({ data }) => data.domain?.code)).toEqual(Array(4).fill('NOT_FOUND'))
  })
})

test('edits at once are one after the other, each told, none lost', async () => {
  const conversationId = await desk.openConversation(amir)
  const { id } = await say(conversationId, 'v0')
  const bodies = ['v1', 'v2', 'v3', 'v4', 'v5']
  await Promise.all(bodies.map((body) => amir.call.chat.message.edit({ id, body })))
  const [message] = (await amir.call.chat.message.list({ conversationId })).items
  const told = await readTold(id)
  expect(message?.revision).toBe(5)
  expect(told.at(-1)?.payload).toMatchObject({ message: { body: message?.body, revision: 5 } })
  const kept = await inDatabase((db) =>
    db.selectFrom('message_versions').select('body').where('message_id', '=', id).execute(),
  )
  expect(new Set([...kept.map(({ body }) => body), message?.body])).toEqual(new Set(['v0', ...bodies]))
})
