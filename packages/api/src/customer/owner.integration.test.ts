import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  createTestDesk,
  openTestApi,
  readRefusal,
  readRefusals,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'
import { CUSTOMER_COLUMNS_MAX } from './schema.ts'

let api: TestApi
let desk: TestDesk
let owner: TestMember
let agent: TestMember

beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(async () => {
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner', 'Rabia')
  agent = await desk.addMember('agent', 'Bilal')
  return () => desk[Symbol.asyncDispose]()
})

type List = Parameters<TestMember['call']['customer']['list']>[0]
const listNames = async (by: TestMember, filter: List) =>
  (await by.call.customer.list({ sort: 'name', ...filter })).items.map(({ name }) => name)
const codeOf = async (call: Promise<unknown>) => (await readRefusal(call)).data.domain?.code

test('who is responsible is given, changed and taken away, and stands in the timeline by name', async () => {
  const { id } = await owner.call.customer.create({ name: 'Amina', ownerId: agent.user.id })
  expect(await agent.call.customer.byId({ id })).toMatchObject({
    owner: { id: agent.user.id, name: 'Bilal' },
  })
  const given = await agent.call.customer.update({ id, version: 1, ownerId: owner.user.id })
  expect(given).toMatchObject({ owner: { id: owner.user.id, name: 'Rabia' }, version: 2 })
  const late = await readRefusal(agent.call.customer.update({ id, version: 1, ownerId: null }))
  expect(late.data.domain).toMatchObject({ code: 'CONFLICT', details: { current: given } })
  await agent.call.customer.update({ id, version: 2, ownerId: null })
  const { items } = await owner.call.customer.timeline({ customerId: id })
  expect(items.flatMap((item) => (item.type === 'event' ? [item.event] : []))).toMatchObject([
    { kind: 'edited', changes: [{ field: 'owner', from: 'Rabia', to: null }] },
    { kind: 'edited', changes: [{ field: 'owner', from: 'Bilal', to: 'Rabia' }] },
    { kind: 'created' },
  ])
  const changes = await api.database.withTenant(desk.tenantKey, (db) =>
    db.selectFrom('changes').select('payload').orderBy('seq').execute(),
  )
  expect(changes.slice(-3).map(({ payload }) => payload)).toMatchObject([
    { kind: 'customer.created', customer: { owner: { name: 'Bilal' } } },
    { kind: 'customer.updated', customer: { owner: { name: 'Rabia' } } },
    { kind: 'customer.updated', customer: { owner: null } },
  ])
})

test('the list is narrowed to mine, somebody’s, nobody’s and one member’s, beside every other filter', async () => {
  for (const [name, ownerId] of [
    ['Amina', agent.user.id],
    ['Anwar', owner.user.id],
    ['Bano', agent.user.id],
    ['Chand', null],
  ] as const)
    await owner.call.customer.create({ name, ownerId })
  expect(await listNames(agent, { owner: 'me' })).toEqual(['Amina', 'Bano'])
  expect(await listNames(owner, { owner: 'me' })).toEqual(['Anwar'])
  expect(await listNames(owner, { owner: agent.user.id, search: 'a', sort: '-name' })).toEqual(['Amina'])
  expect(await listNames(owner, { owner: 'anybody' })).toEqual(['Amina', 'Anwar', 'Bano'])
  expect(await listNames(owner, { owner: 'nobody' })).toEqual(['Chand'])
  expect(await agent.call.bulk.count({ owner: 'me' })).toEqual({ count: 2 })

  const name = 'My customers'
  const content = { filter: { owner: 'me' as const } }
  await owner.call.customer.view.create({ name, isShared: true, content })
  expect((await agent.call.customer.view.list()).items).toMatchObject([{ name, content }])
  const unknown = { name: 'x', content: { filter: { owner: newId() } } }
  expect(await codeOf(owner.call.customer.view.create(unknown))).toBe('NOT_FOUND')
})

test('who has left keeps their customers until somebody takes them over, and is given no other', async () => {
  const { id } = await owner.call.customer.create({ name: 'Amina', ownerId: agent.user.id })
  const other = await owner.call.customer.create({ name: 'Bano' })
  const stranger = await desk.addMember('viewer', 'Zara')
  const people = async () =>
    (await owner.call.customer.owner.list()).items.map(({ name, hasLeft }) => [name, hasLeft])
  await owner.call.permission.member.remove({ userId: agent.user.id })
  await owner.call.permission.member.remove({ userId: stranger.user.id })
  expect(await people()).toEqual([
    ['Rabia', undefined],
    ['Bilal', true],
  ])
  expect(await owner.call.customer.byId({ id })).toMatchObject({ owner: { name: 'Bilal', hasLeft: true } })
  expect(await listNames(owner, { owner: agent.user.id })).toEqual(['Amina'])
  expect(await owner.call.customer.update({ id, name: 'Amina B.', ownerId: agent.user.id })).toMatchObject({
    owner: { hasLeft: true },
  })
  const refused = await readRefusals([
    owner.call.customer.update({ id: other.id, ownerId: agent.user.id }),
    owner.call.customer.update({ id: other.id, ownerId: newId() }),
    owner.call.customer.create({ name: 'New', ownerId: agent.user.id }),
  ])
  expect(refused.map(({ data }) => data.domain?.code)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'])
  await owner.call.customer.update({ id, ownerId: owner.user.id })
  expect(await people()).toEqual([['Rabia', undefined]])
})

test('a merge takes the owner that was chosen, and gives back the one of before', async () => {
  const one = await owner.call.customer.create({ name: 'Amina' })
  const two = await owner.call.customer.create({ name: 'Amina Bibi', ownerId: agent.user.id })
  const preview = await owner.call.duplicate.preview({ ids: [one.id, two.id] })
  expect(preview).toMatchObject({ survivor: 0, details: { owner: 1 } })
  const merged = await owner.call.duplicate.merge({
    survivorId: one.id,
    survivorVersion: 1,
    merged: [{ id: two.id, version: 1 }],
    details: { owner: 1 },
  })
  expect(merged.survivor).toMatchObject({ name: 'Amina', owner: { name: 'Bilal' } })
  const undone = await owner.call.duplicate.undoMerge({ mergeId: merged.id })
  expect(undone).toMatchObject({
    survivor: { owner: null },
    restored: [{ owner: { name: 'Bilal' } }],
    kept: [],
  })
})

test('each has columns of their own, fields of the tenant’s among them, until these are gone', async () => {
  const { id } = await owner.call.customer.field.create({ name: 'Size', kind: 'number' })
  expect(await agent.call.customer.columns.mine()).toEqual({ columns: null })
  await agent.call.customer.columns.save({ columns: ['email', id] })
  await agent.call.customer.columns.save({ columns: [id, 'owner', 'tags'] })
  expect(await agent.call.customer.columns.mine()).toEqual({ columns: [id, 'owner', 'tags'] })
  expect(await owner.call.customer.columns.mine()).toEqual({ columns: null })
  await owner.call.customer.field.update({ id, archived: true })
  expect(await agent.call.customer.columns.mine()).toEqual({ columns: ['owner', 'tags'] })
  await agent.call.customer.columns.save({ columns: [] })
  expect(await agent.call.customer.columns.mine()).toEqual({ columns: [] })
  await agent.call.customer.columns.save({ columns: null })
  expect(await agent.call.customer.columns.mine()).toEqual({ columns: null })

  const tooMany = Array.from({ length: CUSTOMER_COLUMNS_MAX + 1 }, () => newId())
  const refusals = await readRefusals([
    agent.call.customer.columns.save({ columns: [newId()] }),
    agent.call.customer.columns.save({ columns: tooMany }),
    agent.call.customer.columns.save({ columns: ['email', 'email'] }),
  ])
  expect(refusals.map(({ data }) => data.domain?.code ?? data.code)).toEqual([
    'NOT_FOUND',
    'BAD_REQUEST',
    'BAD_REQUEST',
  ])
})
