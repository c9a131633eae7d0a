import { newId } from '@sarai/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApi, readRefusal, type TestApi, type TestMember } from '../testing.ts'
import { MENTIONS_MAX } from './schema.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

let api: TestApi
let desk: TestChat
let amir: TestMember
let sana: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await openTestChat(api)
  amir = await desk.addMember('agent', 'Amir')
  sana = await desk.addMember('agent', 'Sana Malik')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

const note = (conversationId: string, mentions: string[], clientId = newId()) =>
  amir.call.chat.message.send({
    conversationId,
    clientId,
    body: '@Sana Malik please look',
    private: true,
    mentions,
  })

const listMentions = async (member: TestMember, status?: 'open' | 'resolved') => {
  const { items } = await member.call.chat.conversation.list({ box: 'mentions', ...(status && { status }) })
  return items.map(({ id }) => id)
}

test('a note names a member once: in its answer, its repetition, its list and its change', async () => {
  const conversationId = await desk.openConversation(amir)
  const clientId = newId()
  const mentions = [{ userId: sana.user.id, name: 'Sana Malik' }]
  const { message } = await note(conversationId, [sana.user.id, sana.user.id], clientId)
  expect(message.mentions).toEqual(mentions)
  expect(await note(conversationId, [sana.user.id], clientId)).toEqual({ message, outcome: 'duplicate' })
  expect((await sana.call.chat.message.list({ conversationId })).items).toEqual([message])
  const change = await api.database.withTenant(desk.tenantKey, (db) =>
    db.selectFrom('changes').select('payload').where('entity_id', '=', message.id).executeTakeFirstOrThrow(),
  )
  expect(change.payload).toMatchObject({ kind: 'message.created', message: { mentions } })
})

test('the list of mentions has the conversations that name the caller, whatever their status, and no other', async () => {
  const [named, resolved, other] = [
    await desk.openConversation(amir),
    await desk.openConversation(amir),
    await desk.openConversation(amir),
  ]
  const reader = await desk.addMember('viewer', 'Reader')
  await note(named, [reader.user.id])
  await note(named, [reader.user.id])
  await note(resolved, [reader.user.id])
  await note(other, [sana.user.id])
  await amir.call.chat.conversation.setStatus({ id: resolved, status: 'resolved' })
  expect(await listMentions(reader)).toEqual([resolved, named])
  expect(await listMentions(reader, 'open')).toEqual([named])
  expect(await listMentions(amir)).toEqual([])
})

test('nobody is named in what a customer reads, nor more than the limit at once', async () => {
  const conversationId = await desk.openConversation(amir)
  const send = (input: { private: boolean; mentions: string[] }) =>
    readRefusal(
      amir.call.chat.message.send({ conversationId, clientId: newId(), body: '@Sana Malik', ...input }),
    )
  const tooMany = Array.from({ length: MENTIONS_MAX + 1 }, () => newId())
  for (const refusal of [
    await send({ private: false, mentions: [sana.user.id] }),
    await send({ private: true, mentions: tooMany }),
  ]) {
    expect(refusal.data.fields?.fieldErrors).toHaveProperty('mentions')
  }
  expect((await send({ private: true, mentions: [newId()] })).data.domain?.code).toBe('NOT_FOUND')
  expect((await amir.call.chat.message.list({ conversationId })).items).toEqual([])
})

test('who left while the note was being written is named to nobody, and the note is not lost', async () => {
  const conversationId = await desk.openConversation(amir)
  const owner = await desk.addMember('owner')
  const gone = await desk.addMember('agent', 'Gone')
  await owner.call.permission.member.remove({ userId: gone.user.id })
  const { message } = await note(conversationId, [gone.user.id, sana.user.id])
  expect(message.mentions).toEqual([{ userId: sana.user.id, name: 'Sana Malik' }])
})
