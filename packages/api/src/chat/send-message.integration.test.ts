import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApi, readRefusal, type TestApi, type TestMember } from '../testing.ts'
import { MESSAGE_BODY_LENGTH_MAX, type SendMessageInput } from './schema.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

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

const send = (
  member: TestMember,
  conversationId: string,
  message: string | Omit<SendMessageInput, 'conversationId' | 'clientId'>,
) =>
  member.call.chat.message.send({
    conversationId,
    clientId: newId(),
    ...(typeof message === 'string' ? { body: message } : message),
  })

describe('exactly once', () => {
  test('50 messages sent at once are numbered 1 to 50, each once, whoever sent them', async () => {
    const conversationId = await desk.openConversation(amir)
    const sent = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        send(index % 2 ? amir : sana, conversationId, `message ${index}`),
      ),
    )
    expect(sent.map(({ message }) => message.seq).toSorted((a, b) => a - b)).toEqual(range(50))
    expect(new Set(sent.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']))
    const { items } = await amir.call.chat.message.list({ conversationId, limit: 100 })
    expect(items.map(({ seq }) => seq)).toEqual(range(50))
    expect(new Set(items.map(({ body }) => body)).size).toBe(50)
    expect(await amir.call.chat.conversation.byId({ id: conversationId })).toMatchObject({ lastSeq: 50 })
  })

  test('the same clientId from ten callers at once is one message', async () => {
    const conversationId = await desk.openConversation(amir)
    const clientId = newId()
    const input = { conversationId, clientId, body: 'once' }
    const sent = await Promise.all(Array.from({ length: 10 }, () => amir.call.chat.message.send(input)))
    expect(sent.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1)
    expect(new Set(sent.map(({ message }) => message.id)).size).toBe(1)
    expect((await amir.call.chat.message.list({ conversationId })).items).toHaveLength(1)
  })

  test('the same message of the customer received ten times at once is one', async () => {
    const conversationId = await desk.openConversation(amir)
    const clientId = newId()
    await Promise.all(Array.from({ length: 10 }, () => desk.hearCustomer(conversationId, 'once', clientId)))
    expect((await amir.call.chat.message.list({ conversationId })).items).toHaveLength(1)
  })

  test('a repeat gets its message back even if others have replied since', async () => {
    const conversationId = await desk.openConversation(amir)
    const input = { conversationId, clientId: newId(), body: 'first', lastSeenSeq: 0 }
    const first = await amir.call.chat.message.send(input)
    await desk.hearCustomer(conversationId, 'thanks')
    const repeat = await amir.call.chat.message.send(input)
    expect(repeat).toEqual({ message: first.message, outcome: 'duplicate' })
  })

  test("somebody else's clientId is refused and not taken for theirs", async () => {
    const conversationId = await desk.openConversation(amir)
    const input = { conversationId, clientId: newId(), body: 'mine' }
    await amir.call.chat.message.send(input)
    await expect(sana.call.chat.message.send(input)).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test('the same clientId in another conversation is another message', async () => {
    const clientId = newId()
    const ids = await Promise.all([desk.openConversation(amir), desk.openConversation(amir)])
    const sent = await Promise.all(
      ids.map((conversationId) => amir.call.chat.message.send({ conversationId, clientId, body: 'hello' })),
    )
    expect(sent.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
  })
})

describe('a reply to something unseen', () => {
  test('is refused with all that was not seen', async () => {
    const conversationId = await desk.openConversation(amir)
    await desk.hearCustomer(conversationId, 'one')
    await desk.hearCustomer(conversationId, 'two')
    await send(sana, conversationId, { body: 'a note', private: true })
    await send(sana, conversationId, 'answered already')
    const { data } = await readRefusal(send(amir, conversationId, { body: 'my answer', lastSeenSeq: 1 }))
    expect(data.domain).toMatchObject({
      code: 'CONFLICT',
      details: {
        lastSeq: 4,
        messages: [
          { seq: 2, body: 'two', authorKind: 'customer' },
          { seq: 3, body: 'a note', private: true },
          { seq: 4, body: 'answered already', authorName: 'Sana' },
        ],
      },
    })
    expect((await amir.call.chat.message.list({ conversationId })).items).toHaveLength(4)
    await expect(send(amir, conversationId, { body: 'my answer', lastSeenSeq: 4 })).resolves.toMatchObject({
      outcome: 'accepted',
    })
  })

  test('is accepted if what was not seen is private or the author’s own', async () => {
    const conversationId = await desk.openConversation(amir)
    await send(sana, conversationId, { body: 'a note', private: true })
    await send(amir, conversationId, 'from my other tab')
    const sent = await send(amir, conversationId, { body: 'and from this one', lastSeenSeq: 0 })
    expect(sent.message.seq).toBe(3)
  })

  test('is accepted as a private note, which answers nobody', async () => {
    const conversationId = await desk.openConversation(amir)
    await desk.hearCustomer(conversationId, 'hello?')
    const sent = await send(amir, conversationId, { body: 'a note', private: true, lastSeenSeq: 0 })
    expect(sent.outcome).toBe('accepted')
  })

  test('two agents who saw the same and answer at once: one is sent, the other is told', async () => {
    const conversationId = await desk.openConversation(amir)
    await desk.hearCustomer(conversationId, 'hello?')
    const results = await Promise.allSettled([
      send(amir, conversationId, { body: 'hello from Amir', lastSeenSeq: 1 }),
      send(sana, conversationId, { body: 'hello from Sana', lastSeenSeq: 1 }),
    ])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await amir.call.chat.message.list({ conversationId })).items).toHaveLength(2)
  })
})

describe('what a message does to its conversation', () => {
  test('the customer waits from their first unanswered message until a public answer', async () => {
    const id = await desk.openConversation(amir)
    await send(amir, id, 'Welcome!')
    expect(await row(id)).toMatchObject({ waiting_since: null, first_response_at: null })

    const { message: question } = await desk.hearCustomer(id, 'where is my order?')
    await desk.hearCustomer(id, 'hello?')
    await send(amir, id, { body: 'checking with the courier', private: true })
    const asked = new Date(question.createdAt)
    expect(await row(id)).toMatchObject({
      waiting_since: asked,
      first_customer_message_at: asked,
      first_response_at: null,
      last_message_preview: 'hello?',
      last_seq: 4,
    })

    const { message: answer } = await send(amir, id, 'on its way')
    await desk.hearCustomer(id, 'thanks')
    await send(sana, id, 'any time')
    expect(await row(id)).toMatchObject({
      waiting_since: null,
      first_customer_message_at: asked,
      first_response_at: new Date(answer.createdAt),
      last_message_preview: 'any time',
    })
  })

  test.each(['resolved', 'snoozed'] as const)(
    'a public message reopens a %s conversation, a note does not',
    async (status) => {
      const id = await desk.openConversation(amir)
      const snoozedUntil = status === 'snoozed' ? new Date(Date.now() + 3_600_000).toISOString() : undefined
      await amir.call.chat.conversation.setStatus({ id, status, snoozedUntil })
      await send(amir, id, { body: 'for later', private: true })
      expect(await row(id)).toMatchObject({ status })
      await desk.hearCustomer(id, 'one more thing')
      expect(await row(id)).toMatchObject({ status: 'open', snoozed_until: null, resolved_at: null })
      expect(await events(id)).toEqual([
        { kind: 'created', actor_id: amir.user.id },
        { kind: status, actor_id: amir.user.id },
        { kind: 'reopened', actor_id: null },
      ])
      await amir.call.chat.conversation.setStatus({ id, status, snoozedUntil })
      await send(sana, id, 'and another')
      expect((await events(id)).at(-1)).toEqual({ kind: 'reopened', actor_id: sana.user.id })
    },
  )
})

describe('what can be sent', () => {
  test('the longest message of the widest characters comes back as it was', async () => {
    const conversationId = await desk.openConversation(amir)
    const body = '🙂'.repeat(MESSAGE_BODY_LENGTH_MAX)
    await send(amir, conversationId, body)
    const { items } = await amir.call.chat.message.list({ conversationId })
    expect(items[0]?.body).toBe(body)
  })

  test('a message that cannot be stored is refused as input, with its field', async () => {
    const conversationId = await desk.openConversation(amir)
    for (const body of ['', 'a\0b', '\u{D83D}', 'a'.repeat(MESSAGE_BODY_LENGTH_MAX + 1)]) {
      const { data } = await readRefusal(send(amir, conversationId, body))
      expect(data).toMatchObject({
        code: 'BAD_REQUEST',
        fields: { fieldErrors: { body: [expect.any(String)] } },
      })
    }
  })

  test('text in two scripts, with line breaks and joiners, is kept as it was written', async () => {
    const conversationId = await desk.openConversation(amir)
    const body = 'آپ کا آرڈر #42\r\n  آج "بھیجا" جا رہا ہے — it\'s 100% fine \\ 👨‍👩‍👧\t\u{200F}'
    await send(amir, conversationId, body)
    const { items } = await amir.call.chat.message.list({ conversationId })
    expect(items[0]?.body).toBe(body)
  })

  test('nobody sends to a conversation that is not there, and viewers send nothing', async () => {
    await expect(send(amir, newId(), 'hello')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const viewer = await desk.addMember('viewer')
    await expect(send(viewer, await desk.openConversation(amir), 'hello')).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

function row(id: string) {
  return api.database.withTenant(desk.tenantKey, (db) =>
    db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )
}

function events(id: string) {
  return api.database.withTenant(desk.tenantKey, (db) =>
    db
      .selectFrom('conversation_events')
      .select(['kind', 'actor_id'])
      .where('conversation_id', '=', id)
      .orderBy('id')
      .execute(),
  )
}
