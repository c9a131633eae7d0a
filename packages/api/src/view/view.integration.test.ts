import { newId } from '@sarai/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createTestDesk,
  openTestApi,
  readRefusal,
  readRefusals,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'
import { VIEW_NAME_LENGTH_MAX, VIEW_UNDO_DAYS, VIEWS_OWN_MAX, VIEWS_SHARED_MAX } from './schema.ts'

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

const content = {
  filter: { hasEmail: true, search: 'Amina' },
  sort: 'name',
  columns: ['email', 'city'],
} as const
const contentOf = () => ({ ...content, columns: [...content.columns] })
const namesOf = async (member: TestMember) =>
  (await member.call.customer.view.list()).items.map(({ name }) => name)
const codeOf = async (refused: Promise<unknown>) => (await readRefusal(refused)).data.domain?.code

async function insertViews(member: TestMember, { count, isShared }: { count: number; isShared: boolean }) {
  const now = new Date()
  const rows = Array.from({ length: count }, (_, index) => ({
    id: newId(),
    kind: 'customer' as const,
    owner_id: member.user.id,
    is_shared: isShared ? 1 : 0,
    name: `Filler ${index}`,
    content: JSON.stringify({ filter: {} }),
    created_at: now,
    updated_at: now,
  }))
  await api.database.withTenant(desk.tenantKey, (db) => db.insertInto('saved_views').values(rows).execute())
}

function readRows<T>(read: (db: Parameters<Parameters<typeof api.database.withTenant>[1]>[0]) => Promise<T>) {
  return api.database.withTenant(desk.tenantKey, read)
}

test('a view is its maker’s own: read back as saved, changed by them, and there for nobody else', async () => {
  const view = await agent.call.customer.view.create({ name: '  With e-mail ', content: contentOf() })
  expect(view).toMatchObject({ name: 'With e-mail', isShared: false, owner: { name: 'Bilal' }, version: 1 })
  expect((await agent.call.customer.view.list()).items).toContainEqual({ ...view, content: contentOf() })
  expect(await namesOf(manager)).not.toContain('With e-mail')
  const { id } = view
  const refusals = await readRefusals([
    manager.call.customer.view.update({ id, version: 1, name: 'Mine now' }),
    manager.call.customer.view.delete({ id }),
    manager.call.customer.view.restore({ id }),
  ])
  expect(new Set(refusals.map(({ data }) => data.domain?.code))).toEqual(new Set(['NOT_FOUND']))
  const changed = await agent.call.customer.view.update({ id, version: 1, content: { filter: {} } })
  expect(changed).toMatchObject({ name: 'With e-mail', content: { filter: {} }, version: 2 })
  expect(await agent.call.customer.view.update({ id, version: 2, name: 'With e-mail' })).toEqual(changed)
})

test('only who may configure the list shares a view or changes one that is shared', async () => {
  const shared = await manager.call.customer.view.create({
    name: 'Team',
    isShared: true,
    content: contentOf(),
  })
  expect((await agent.call.customer.view.list()).items).toContainEqual(shared)
  const own = await agent.call.customer.view.create({ name: 'Wish', content: contentOf() })
  const refusals = await readRefusals([
    agent.call.customer.view.create({ name: 'Pushed', isShared: true, content: contentOf() }),
    agent.call.customer.view.update({ id: own.id, version: 1, isShared: true }),
    agent.call.customer.view.update({ id: shared.id, version: 1, isShared: false }),
    agent.call.customer.view.delete({ id: shared.id }),
    agent.call.customer.view.restore({ id: shared.id }),
  ])
  expect(new Set(refusals.map(({ data }) => data.domain?.code))).toEqual(new Set(['FORBIDDEN']))
  const other = await desk.addMember('owner', 'Omar')
  const taken = await other.call.customer.view.update({ id: shared.id, version: 1, isShared: false })
  expect(taken).toMatchObject({ isShared: false, owner: { name: 'Omar' }, version: 2 })
  expect(await namesOf(manager)).not.toContain('Team')
  expect(await namesOf(other)).toContain('Team')
})

test('what the team shares is in the audit log without what it finds, and one’s own is not', async () => {
  const own = await manager.call.customer.view.create({ name: 'Quiet', content: contentOf() })
  const { id } = await manager.call.customer.view.create({
    name: 'Loud',
    isShared: true,
    content: contentOf(),
  })
  await manager.call.customer.view.update({ id, version: 1, name: 'Louder' })
  await manager.call.customer.view.delete({ id })
  await manager.call.customer.view.restore({ id })
  await manager.call.customer.view.update({ id, version: 2, isShared: false })
  const rows = await readRows((db) =>
    db.selectFrom('audit_log').selectAll().where('entity_id', 'in', [id, own.id]).orderBy('id').execute(),
  )
  expect(rows.map(({ action }) => action)).toEqual([
    'view.shared',
    'view.updated',
    'view.deleted',
    'view.restored',
    'view.unshared',
  ])
  expect(JSON.stringify(rows)).not.toContain('Amina')
})

test('two who change a shared view at once: the later one is shown what it is now', async () => {
  const view = await manager.call.customer.view.create({ name: 'Both', isShared: true, content: contentOf() })
  const { id } = view
  const current = await manager.call.customer.view.update({ id, version: 1, name: 'Both of us' })
  const refusal = await readRefusal(manager.call.customer.view.update({ id, version: 1, name: 'Mine' }))
  expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { current } })
})

test('a view that was deleted is back as it was, unless its name is taken or it is too long ago', async () => {
  const view = await agent.call.customer.view.create({ name: 'Gone', content: contentOf() })
  const { id } = view
  await agent.call.customer.view.delete({ id })
  expect(await namesOf(agent)).not.toContain('Gone')
  expect(await codeOf(agent.call.customer.view.update({ id, version: 1, name: 'X' }))).toBe('NOT_FOUND')
  expect(await codeOf(agent.call.customer.view.delete({ id }))).toBe('NOT_FOUND')
  expect(await agent.call.customer.view.restore({ id })).toEqual(view)
  expect(await agent.call.customer.view.restore({ id })).toEqual(view)
  await agent.call.customer.view.delete({ id })
  const second = await agent.call.customer.view.create({ name: 'GONE', content: contentOf() })
  expect(await codeOf(agent.call.customer.view.restore({ id }))).toBe('CONFLICT')
  const longAgo = new Date(Date.now() - (VIEW_UNDO_DAYS + 1) * 86_400_000)
  await readRows((db) =>
    db.updateTable('saved_views').set({ deleted_at: longAgo }).where('id', '=', id).execute(),
  )
  await agent.call.customer.view.delete({ id: second.id })
  expect(await codeOf(agent.call.customer.view.restore({ id }))).toBe('NOT_FOUND')
  expect(await agent.call.customer.view.restore({ id: second.id })).toEqual(second)
})

test('names are told apart whatever their capitals, for oneself and in the team each', async () => {
  const view = { name: 'Lahore', content: contentOf() }
  const { id } = await agent.call.customer.view.create(view)
  const refusal = await readRefusal(agent.call.customer.view.create({ ...view, name: 'LAHORE' }))
  expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { field: 'name' } })
  await manager.call.customer.view.create({ ...view, isShared: true })
  await manager.call.customer.view.create(view)
  expect(await agent.call.customer.view.update({ id, version: 1, name: 'lahore' })).toMatchObject({
    version: 2,
  })
  const twice = Array.from({ length: 4 }, () => agent.call.customer.view.create({ ...view, name: 'At once' }))
  const settled = await Promise.allSettled(twice)
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a change is told to its maker alone, one of the team’s to all who read the list', async () => {
  const own = await agent.call.customer.view.create({ name: 'Told to me', content: contentOf() })
  const shared = await manager.call.customer.view.create({
    name: 'Told to all',
    isShared: true,
    content: contentOf(),
  })
  await manager.call.customer.view.update({ id: shared.id, version: 1, isShared: false })
  const rows = await readRows((db) =>
    db
      .selectFrom('changes')
      .selectAll()
      .where('entity_id', 'in', [own.id, shared.id])
      .orderBy('seq')
      .execute(),
  )
  const told = { kind: 'view.changed', of: 'customer', entityId: shared.id }
  expect(rows.map(({ payload }) => payload)).toEqual([
    { ...told, entityId: own.id, userId: agent.user.id },
    told,
    told,
  ])
})

test('names and numbers of views have limits', async () => {
  const name = 'x'.repeat(VIEW_NAME_LENGTH_MAX)
  const keen = await desk.addMember('manager', 'Keen')
  const make = keen.call.customer.view.create
  await make({ name, content: contentOf() })
  for (const bad of [`${name}x`, ' ', 'a\0', '\ud800'])
    expect((await readRefusal(make({ name: bad, content: contentOf() }))).data.httpStatus).toBe(400)
  const stranger: { filter: object } = { filter: { nonsense: 1 } }
  expect((await readRefusal(make({ name: 'n', content: stranger }))).data.httpStatus).toBe(400)
  const twice = { filter: {}, columns: ['email' as const, 'email' as const] }
  expect((await readRefusal(make({ name: 'n', content: twice }))).data.httpStatus).toBe(400)
  await insertViews(keen, { count: VIEWS_OWN_MAX - 1, isShared: false })
  expect(await codeOf(make({ name: 'Too many', content: contentOf() }))).toBe('CONFLICT')
  await insertViews(keen, { count: VIEWS_SHARED_MAX, isShared: true })
  expect(await codeOf(make({ name: 'Too many', isShared: true, content: contentOf() }))).toBe('CONFLICT')
})

test('a view names tags and fields that are there, and may outlive them', async () => {
  const tag = await manager.call.customer.tag.create({ name: 'Bakery' })
  const field = await manager.call.customer.field.create({ name: 'Route', kind: 'text' })
  const named = { filter: { tagId: tag.id, fields: [{ id: field.id, is: 'N5' }] }, columns: [field.id] }
  const { id } = await agent.call.customer.view.create({ name: 'Bakers', content: named })
  for (const unknown of [
    { filter: { tagId: newId() } },
    { filter: { tags: { ids: [tag.id, newId()], match: 'any' as const } } },
    { filter: { fields: [{ id: newId() }] } },
    { filter: {}, columns: [newId()] },
  ])
    expect(await codeOf(agent.call.customer.view.update({ id, version: 1, content: unknown }))).toBe(
      'NOT_FOUND',
    )
  await manager.call.customer.tag.delete({ id: tag.id })
  const renamed = await agent.call.customer.view.update({ id, version: 1, name: 'Bakers of N5' })
  expect(renamed.content).toEqual(named)
})

test('a view that this version cannot read is left out of the list', async () => {
  const { id } = await agent.call.customer.view.create({ name: 'Of tomorrow', content: contentOf() })
  const future = JSON.stringify({ filter: { mood: 'good' } })
  await readRows((db) =>
    db.updateTable('saved_views').set({ content: future }).where('id', '=', id).execute(),
  )
  expect(await namesOf(agent)).not.toContain('Of tomorrow')
  expect(await codeOf(agent.call.customer.view.update({ id, version: 1, name: 'X' }))).toBe('NOT_FOUND')
})
