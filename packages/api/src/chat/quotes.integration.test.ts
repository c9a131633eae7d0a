import { newId } from '@sarai/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApi, readRefusals, type TestApi, type TestMember } from '../testing.ts'
import { QUOTE_LENGTH_MAX } from './schema.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

let api: TestApi
let desk: TestChat
let amir: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await openTestChat(api)
  amir = await desk.addMember('agent', 'Amir')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

const answer = (conversationId: string, replyToSeq: number, isNote = false) =>
  amir.call.chat.message.send({
    conversationId,
    clientId: newId(),
    body: 'answer',
    replyToSeq,
    private: isNote,
  })

test('an answer shows the beginning of what it answers and who wrote it, in its change and in every list', async () => {
  const conversationId = await desk.openConversation(amir)
  await desk.hearCustomer(conversationId, 'x'.repeat(QUOTE_LENGTH_MAX + 1))
  const { message } = await answer(conversationId, 1)
  const replyTo = {
    seq: 1,
    authorKind: 'customer',
    authorName: 'Amina Baloch',
    text: 'x'.repeat(QUOTE_LENGTH_MAX),
  }
  expect(message.replyTo).toEqual(replyTo)
  expect((await amir.call.chat.message.list({ conversationId })).items.at(-1)).toEqual(message)
  const change = await api.database.withTenant(desk.tenantKey, (db) =>
    db.selectFrom('changes').select('payload').where('entity_id', '=', message.id).executeTakeFirstOrThrow(),
  )
  expect(change.payload).toMatchObject({ message: { replyTo } })
})

test('of what was deleted its words are shown no more', async () => {
  const conversationId = await desk.openConversation(amir)
  const { message } = await amir.call.chat.message.send({ conversationId, clientId: newId(), body: 'secret' })
  await answer(conversationId, message.seq)
  await amir.call.chat.message.remove({ id: message.id })
  const { items } = await amir.call.chat.message.list({ conversationId })
  expect(items.at(-1)?.replyTo).toEqual({ seq: 1, authorKind: 'agent', authorName: 'Amir', text: '' })
})

test('what is not there cannot be answered, nor a note where the customer reads it', async () => {
  const conversationId = await desk.openConversation(amir)
  const note = { conversationId, clientId: newId(), body: 'between us', private: true }
  await amir.call.chat.message.send(note)
  for (const { data } of await readRefusals([answer(conversationId, 2), answer(conversationId, 1)])) {
    expect(data.fields?.fieldErrors).toHaveProperty('replyToSeq')
  }
  expect((await answer(conversationId, 1, true)).message.replyTo?.text).toBe('between us')
})
