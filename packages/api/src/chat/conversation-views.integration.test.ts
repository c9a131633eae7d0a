import { newId } from '@sarai/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createTestDesk,
  openTestApi,
  readRefusals,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'

let api: TestApi
let desk: TestDesk
let manager: TestMember
let agent: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await createTestDesk(api)
  manager = await desk.addMember('manager', 'Rabia')
  agent = await desk.addMember('agent', 'Bilal')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

async function startConversation(name: string): Promise<string> {
  const { id: customerId } = await agent.call.customer.create({ name })
  return (await agent.call.chat.conversation.create({ customerId })).id
}

test('lists of the inbox are saved, read back as they were, and counted as each of them is read', async () => {
  const [one, two] = [await startConversation('Amina'), await startConversation('Bano')]
  await startConversation('Chand')
  await agent.call.chat.conversation.assign({ id: one, assigneeId: agent.user.id })
  await agent.call.chat.conversation.assign({ id: two, assigneeId: manager.user.id })
  await agent.call.chat.conversation.setPriority({ id: one, priority: 'urgent' })
  const { id: labelId } = await manager.call.label.create({ name: 'Repair' })
  const { id: teamId } = await manager.call.team.create({ name: 'Workshop' })
  await agent.call.chat.conversation.setLabels({ id: two, add: [labelId] })

  const saved = [
    { filter: { box: 'mine', status: 'open' }, sort: 'priority' },
    { filter: { box: 'unassigned' } },
    { filter: { labelId, teamId } },
    { filter: { priority: 'urgent', status: 'open', waiting: false } },
    { filter: { assigneeId: manager.user.id } },
    { filter: { search: 'Amina' } },
  ] as const
  for (const [at, content] of saved.entries())
    await manager.call.chat.view.create({ name: `View ${at}`, isShared: true, content })
  const { items } = await agent.call.chat.view.list()
  expect(items.map(({ content }) => content)).toEqual(saved)
  const countsFor = async (by: TestMember) => {
    const { items: counts } = await by.call.chat.view.counts()
    return items.map(({ id }) => counts.find((each) => each.id === id)?.count)
  }
  expect(await countsFor(agent)).toEqual([1, 1, 0, 1, 1, undefined])
  await manager.call.chat.conversation.assign({ id: two, assigneeId: agent.user.id })
  expect(await countsFor(agent)).toEqual([2, 1, 0, 1, 0, undefined])
  expect(await countsFor(manager)).toEqual([0, 1, 0, 1, 0, undefined])
  for (const { id, content } of items.slice(0, 5)) {
    const list = await agent.call.chat.conversation.list({ ...content.filter, sort: content.sort })
    const { items: counts } = await agent.call.chat.view.counts()
    expect(list.items).toHaveLength(counts.find((each) => each.id === id)?.count ?? -1)
  }
})

test('one’s own are nobody else’s, what the team shares is for who may, and what is gone cannot be named', async () => {
  const own = await agent.call.chat.view.create({ name: 'Mine', content: { filter: {} } })
  const names = async (by: TestMember) => (await by.call.chat.view.list()).items.map(({ name }) => name)
  expect(await names(agent)).toContain('Mine')
  expect(await names(manager)).not.toContain('Mine')
  expect((await agent.call.customer.view.list()).items).toEqual([])
  const refusals = await readRefusals([
    agent.call.chat.view.create({ name: 'Pushed', isShared: true, content: { filter: {} } }),
    agent.call.chat.view.update({ id: own.id, version: 1, isShared: true }),
    manager.call.chat.view.delete({ id: own.id }),
    agent.call.customer.view.delete({ id: own.id }),
    agent.call.chat.view.create({ name: 'x', content: { filter: { labelId: newId() } } }),
    agent.call.chat.view.create({ name: 'x', content: { filter: { teamId: newId() } } }),
    agent.call.chat.view.update({ id: own.id, version: 1, content: { filter: { assigneeId: newId() } } }),
  ])
  expect(refusals.map(({ data }) => data.domain?.code)).toEqual([
    'FORBIDDEN',
    'FORBIDDEN',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
  ])
  await agent.call.chat.view.delete({ id: own.id })
  expect(await names(agent)).not.toContain('Mine')
  await agent.call.chat.view.restore({ id: own.id })
  expect(await names(agent)).toContain('Mine')
})
