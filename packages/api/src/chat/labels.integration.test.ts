import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LABELS_MAX } from '../label/schema.ts'
import { openTestApi, readRefusal, type TestApi, type TestMember } from '../testing.ts'
import { CONVERSATION_LABELS_MAX, PRIORITIES } from './schema.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

let api: TestApi
let desk: TestChat
let owner: TestMember
let agent: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await openTestChat(api)
  owner = await desk.addMember('owner')
  agent = await desk.addMember('agent')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

const makeLabel = (name: string) => owner.call.label.create({ name, color: 'red' })
const readAudit = () =>
  desk.inTenant((db) =>
    db.selectFrom('audit_log').select(['action', 'entity_name', 'details']).orderBy('id').execute(),
  )
const countChanges = () =>
  desk.inTenant(
    async (db) => (await db.selectFrom('change_counter').selectAll().executeTakeFirstOrThrow()).last_seq,
  )

describe('labels', () => {
  test('are made, renamed and deleted by who configures chat, each written down with what changed', async () => {
    const label = await makeLabel('Refund')
    await owner.call.label.update({ id: label.id, name: 'Refunds' })
    await owner.call.label.update({ id: label.id, name: 'Refunds' })
    expect((await agent.call.label.list()).items).toContainEqual({ ...label, name: 'Refunds' })
    await owner.call.label.delete({ id: label.id })
    const written = (await readAudit()).filter(({ action }) => action.startsWith('label.'))
    expect(written).toEqual([
      expect.objectContaining({ action: 'label.created', entity_name: 'Refund' }),
      {
        action: 'label.updated',
        entity_name: 'Refunds',
        details: JSON.stringify({ before: { name: 'Refund' }, after: { name: 'Refunds' } }),
      },
      expect.objectContaining({ action: 'label.deleted', entity_name: 'Refunds' }),
    ])
    const refused = await readRefusal(agent.call.label.create({ name: 'Mine' }))
    expect(refused.data.domain).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('have names of their own, and no more of them than the limit', async () => {
    await makeLabel('Wholesale')
    const taken = await readRefusal(makeLabel(' wholesale '))
    expect(taken.data.domain).toMatchObject({ code: 'CONFLICT', details: { field: 'name' } })
    const other = await openTestChat(api)
    const boss = await other.addMember('owner')
    const rows = Array.from({ length: LABELS_MAX }, (_, number) => ({
      id: newId(),
      name: `label ${number}`,
      created_at: new Date(),
    }))
    await other.inTenant((db) => db.insertInto('labels').values(rows).execute())
    const full = await readRefusal(boss.call.label.create({ name: 'one more' }))
    expect(full.data.domain).toMatchObject({ code: 'CONFLICT' })
    await other[Symbol.asyncDispose]()
  })

  test('go onto a conversation and off it, are announced once, and narrow the list', async () => {
    const [urgent, late] = [await makeLabel('Urgent'), await makeLabel('Late')]
    const [id, other] = [await desk.openConversation(agent), await desk.openConversation(agent)]
    const before = await countChanges()
    const labelled = await agent.call.chat.conversation.setLabels({ id, add: [urgent.id, late.id, late.id] })
    expect(labelled.labelIds.toSorted()).toEqual([urgent.id, late.id].toSorted())
    await agent.call.chat.conversation.setLabels({ id, add: [urgent.id], remove: [newId()] })
    expect(await countChanges()).toBe(before + 1)
    const list = await agent.call.chat.conversation.list({ labelId: late.id })
    expect(list.items.map((item) => item.id)).toEqual([id])
    await agent.call.chat.conversation.setLabels({ id, remove: [late.id] })
    expect((await agent.call.chat.conversation.byId({ id })).labelIds).toEqual([urgent.id])
    expect((await agent.call.chat.conversation.byId({ id: other })).labelIds).toEqual([])
    expect(await owner.call.label.delete({ id: urgent.id })).toEqual({ conversationsCount: 1 })
    expect((await agent.call.chat.conversation.byId({ id })).labelIds).toEqual([])
  })

  test('of one conversation are no more than the limit; one that is gone cannot be put on', async () => {
    const id = await desk.openConversation(agent)
    const rows = Array.from({ length: CONVERSATION_LABELS_MAX + 1 }, (_, number) => ({
      id: newId(),
      name: `many ${number}`,
      created_at: new Date(),
    }))
    await desk.inTenant((db) => db.insertInto('labels').values(rows).execute())
    const ids = rows.map((row) => row.id)
    const full = await agent.call.chat.conversation.setLabels({ id, add: ids.slice(1) })
    expect(full.labelIds).toHaveLength(CONVERSATION_LABELS_MAX)
    const refused = await readRefusal(agent.call.chat.conversation.setLabels({ id, add: ids.slice(0, 1) }))
    expect(refused.data.domain).toMatchObject({ code: 'CONFLICT' })
    const gone = await readRefusal(
      agent.call.chat.conversation.setLabels({ id, add: [newId()], remove: ids.slice(1, 2) }),
    )
    expect(gone.data.domain).toMatchObject({ code: 'NOT_FOUND' })
    expect((await agent.call.chat.conversation.byId({ id })).labelIds).toHaveLength(CONVERSATION_LABELS_MAX)
  })
})

describe('priority', () => {
  test('is none at first, is announced once, and narrows and sorts the list page by page', async () => {
    await using chat = await openTestChat(api)
    const me = await chat.addMember('agent')
    const ids: string[] = []
    for (const priority of [...PRIORITIES, 'high', 'none'] as const) {
      const id = await chat.openConversation(me)
      expect((await me.call.chat.conversation.byId({ id })).priority).toBe('none')
      const saved = await me.call.chat.conversation.setPriority({ id, priority })
      expect(saved.priority).toBe(priority)
      ids.push(id)
    }
    const [none, low, normal, high, urgent, highToo, noneToo] = ids
    expect(await chat.listIds(me, { priority: 'high' })).toEqual([highToo, high])
    const sorted: string[] = []
    let cursor: string | null = null
    do {
      const page = await me.call.chat.conversation.list({ sort: 'priority', limit: 2, cursor })
      sorted.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(sorted).toEqual([urgent, highToo, high, normal, low, noneToo, none])
  })

  test('pages of one order are refused to the other', async () => {
    await using chat = await openTestChat(api)
    const me = await chat.addMember('agent')
    for (let count = 0; count < 2; count++) await chat.openConversation(me)
    const { nextCursor: cursor } = await me.call.chat.conversation.list({ limit: 1 })
    const refused = await readRefusal(me.call.chat.conversation.list({ sort: 'priority', cursor }))
    expect(refused.data.domain).toMatchObject({ code: 'INVALID' })
  })
})
