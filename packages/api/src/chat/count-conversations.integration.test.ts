import { newId } from '@sarai/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApi, type TestApi, type TestMember } from '../testing.ts'
import { CONVERSATION_COUNT_MAX } from './schema.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

let api: TestApi
let desk: TestChat
let me: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await openTestChat(api)
  me = await desk.addMember('agent')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

test('every count is the length of the list it stands beside, under each status and box and with a label', async () => {
  const owner = await desk.addMember('owner')
  const label = await owner.call.label.create({ name: 'Refund' })
  const ids: string[] = []
  for (let count = 0; count < 7; count++) ids.push(await desk.openConversation(me))
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = ids
  const { conversation } = me.call.chat
  await conversation.assign({ id: first, assigneeId: me.user.id })
  await conversation.assign({ id: second, assigneeId: owner.user.id })
  await conversation.assign({ id: third, assigneeId: me.user.id })
  await conversation.setStatus({ id: third, status: 'resolved' })
  const snoozedUntil = new Date(Date.now() + 60_000).toISOString()
  await conversation.setStatus({ id: fourth, status: 'snoozed', snoozedUntil })
  await desk.hearCustomer(fifth, 'hello?')
  await conversation.setLabels({ id: first, add: [label.id] })
  await conversation.setLabels({ id: fifth, add: [label.id] })
  await owner.call.chat.message.send({
    conversationId: second,
    clientId: newId(),
    body: '@me',
    private: true,
    mentions: [me.user.id],
  })

  for (const narrowed of [{}, { labelId: label.id }]) {
    for (const status of [undefined, 'open', 'resolved'] as const) {
      const { boxes } = await conversation.counts({ ...narrowed, ...(status && { status }) })
      for (const [box, count] of Object.entries(boxes)) {
        const input = { ...narrowed, box: box as 'all', ...(status && { status }) }
        expect([box, status, count]).toEqual([box, status, (await desk.listIds(me, input)).length])
      }
    }
    for (const box of [undefined, 'mine', 'unassigned'] as const) {
      const { statuses } = await conversation.counts({ ...narrowed, ...(box && { box }) })
      for (const [status, count] of Object.entries(statuses)) {
        const input =
          status === 'waiting' ? { status: 'open' as const, waiting: true } : { status: status as 'open' }
        const list = await desk.listIds(me, { ...narrowed, ...(box && { box }), ...input })
        expect([box, status, count]).toEqual([box, status, list.length])
      }
    }
  }
})

test('a count stops at its limit', async () => {
  await using chat = await openTestChat(api)
  const agent = await chat.addMember('agent')
  const customer_id = await chat.addCustomer()
  const now = new Date()
  const rows = Array.from({ length: CONVERSATION_COUNT_MAX + 5 }, () => ({
    id: newId(),
    customer_id,
    status: 'open' as const,
    created_at: now,
    updated_at: now,
  }))
  await chat.inTenant((db) => db.insertInto('conversations').values(rows).execute())
  const { boxes, statuses } = await agent.call.chat.conversation.counts({})
  expect(boxes).toEqual({
    mine: 0,
    unassigned: CONVERSATION_COUNT_MAX,
    all: CONVERSATION_COUNT_MAX,
    mentions: 0,
  })
  expect(statuses).toEqual({ open: CONVERSATION_COUNT_MAX, snoozed: 0, resolved: 0, waiting: 0 })
})
