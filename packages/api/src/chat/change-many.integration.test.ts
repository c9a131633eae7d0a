import { newId } from '@sarai/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApi, readRefusal, type TestApi, type TestMember } from '../testing.ts'
import { MANY_MAX } from './schema.ts'
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

test('each conversation gets what its item says; one that is gone is said and stops no other', async () => {
  const owner = await desk.addMember('owner')
  const label = await owner.call.label.create({ name: 'Refund' })
  const [one, two, gone] = [await desk.openConversation(me), await desk.openConversation(me), newId()]
  const { many } = me.call.chat
  const missing = [{ id: gone, code: 'NOT_FOUND' }]
  const assigned = await many.assign({
    items: [
      { id: one, assigneeId: me.user.id },
      { id: gone, assigneeId: me.user.id },
      { id: two, assigneeId: owner.user.id },
    ],
  })
  expect(assigned.refused).toEqual(missing)
  expect(assigned.changed.map(({ id, assigneeId }) => [id, assigneeId])).toEqual([
    [one, me.user.id],
    [two, owner.user.id],
  ])
  const sorted = await many.setPriority({ items: [one, gone].map((id) => ({ id, priority: 'high' })) })
  expect(sorted).toMatchObject({ changed: [{ id: one, priority: 'high' }], refused: missing })
  const labelled = await many.setLabels({ items: [gone, two].map((id) => ({ id, add: [label.id] })) })
  expect(labelled).toMatchObject({ changed: [{ id: two, labelIds: [label.id] }], refused: missing })
  const closed = await many.setStatus({
    items: [
      { id: one, status: 'resolved' },
      { id: two, status: 'snoozed', snoozedUntil: new Date(Date.now() + 60_000).toISOString() },
      { id: gone, status: 'open' },
    ],
  })
  expect(closed).toMatchObject({ changed: [{ status: 'resolved' }, { status: 'snoozed' }], refused: missing })
})

test('no more than the limit at once, and nothing for who may not', async () => {
  const items = Array.from({ length: MANY_MAX + 1 }, () => ({ id: newId(), assigneeId: null }))
  const tooMany = await readRefusal(me.call.chat.many.assign({ items }))
  expect(tooMany.data.code).toBe('BAD_REQUEST')
  expect((await me.call.chat.many.assign({ items: items.slice(1) })).refused).toHaveLength(MANY_MAX)
  const viewer = await desk.addMember('viewer')
  const refused = await readRefusal(
    viewer.call.chat.many.setStatus({ items: [{ id: newId(), status: 'open' }] }),
  )
  expect(refused.data.domain).toMatchObject({ code: 'FORBIDDEN' })
})
