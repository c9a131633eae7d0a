import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Job } from '../job/model.ts'
import {
  createTestDesk,
  openTestApi,
  readRefusals,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'
import { CUSTOMER_TAGS_MAX } from '../customer/schema.ts'
import { BULK_IDS_MAX } from './schema.ts'
import { BULK_CHUNK } from './targets.ts'

let api: TestApi
let desk: TestDesk
let owner: TestMember

beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(async () => {
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner', 'Rabia')
  return () => desk[Symbol.asyncDispose]()
})

/** Waits for the end of the work, and gives what became of it. */
async function finished(asked: Promise<Job>, by = owner): Promise<Job> {
  const { id } = await asked
  await api.jobs.idle()
  return by.call.job.byId({ id })
}

/** Straight into the table: hundreds of calls would take longer than what is tested. */
async function addMany(count: number, company: string): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId())
  await api.database.withTenant(desk.tenantKey, (db) =>
    db
      .insertInto('customers')
      .values(
        ids.map((id, at) => {
          const createdAt = new Date(Date.UTC(2026, 0, 1, 0, 0, at))
          return { id, name: `Customer ${at}`, company, created_at: createdAt, updated_at: createdAt }
        }),
      )
      .execute(),
  )
  return ids
}

const create = (customer: Parameters<TestMember['call']['customer']['create']>[0]) =>
  owner.call.customer.create(customer)
const createTag = (name: string) => owner.call.customer.tag.create({ name })
const tagsOf = async (id: string) => (await owner.call.customer.byId({ id })).tags.map(({ name }) => name)
const listed = async (archived = false) => (await owner.call.bulk.count({ archived })).count

test('everybody whom a filter shows gets a tag, but for some; undone, nobody has it but who had it before', async () => {
  const many = BULK_CHUNK + 20
  const ids = await addMany(many, 'Kohsar Textiles')
  const stranger = await create({ name: 'Emma', company: 'Elsewhere' })
  const tag = await createTag('wholesale')
  const [except = '', had = ''] = ids
  await owner.call.customer.setTags({ id: had, add: [tag.id] })
  expect(await owner.call.bulk.count({ company: 'kohsar' })).toEqual({ count: many })
  const done = await finished(
    owner.call.bulk.tagMatching({
      filter: { company: 'kohsar' },
      exceptIds: [except],
      addTagIds: [tag.id],
      removeTagIds: [],
    }),
  )
  expect(done).toMatchObject({
    state: 'done',
    done: many - 1,
    refused: 0,
    total: many - 1,
    result: { changed: many - 2 },
    canUndo: true,
  })
  expect(await tagsOf(except)).toEqual([])
  expect(await tagsOf(stranger.id)).toEqual([])
  expect(await owner.call.bulk.count({ tagId: tag.id })).toEqual({ count: many - 1 })
  const [, , third = ''] = ids
  const line = (await owner.call.customer.timeline({ customerId: third })).items[0]
  expect(line).toMatchObject({ actor: { name: 'Rabia' }, event: { kind: 'tagged', added: ['wholesale'] } })

  const undone = await finished(owner.call.job.undo({ id: done.id }))
  expect(undone).toMatchObject({ state: 'done', result: { changed: many - 2 } })
  expect(await owner.call.bulk.count({ tagId: tag.id })).toEqual({ count: 1 })
  expect(await tagsOf(had)).toEqual(['wholesale'])
})

test('tags are given and taken in one go, and never more than a customer may have', async () => {
  const full = await create({ name: 'Full' })
  const free = await create({ name: 'Free' })
  const [old, next] = [await createTag('old'), await createTag('new')]
  const others = await Promise.all(
    Array.from({ length: CUSTOMER_TAGS_MAX }, (_, at) => createTag(`tag ${at}`)),
  )
  await owner.call.customer.setTags({ id: full.id, add: others.map(({ id }) => id) })
  await owner.call.customer.setTags({ id: free.id, add: [old.id] })
  const gone = await create({ name: 'Gone' })
  await owner.call.duplicate.merge({
    survivorId: free.id,
    survivorVersion: (await owner.call.customer.byId({ id: free.id })).version,
    merged: [{ id: gone.id, version: gone.version }],
  })
  const done = await finished(
    owner.call.bulk.tag({ ids: [full.id, free.id, gone.id], addTagIds: [next.id], removeTagIds: [old.id] }),
  )
  expect(done).toMatchObject({ done: 3, refused: 2, result: { changed: 1 } })
  expect(await tagsOf(free.id)).toEqual(['new'])
  const refused = await owner.call.job.refused({ id: done.id })
  expect(refused.items.map(({ reason, entity }) => [reason, entity?.name])).toEqual([
    ['gone', 'Gone'],
    ['too-many-tags', 'Full'],
  ])
  await finished(owner.call.job.undo({ id: done.id }))
  expect(await tagsOf(free.id)).toEqual(['old'])
})

test('many are archived and come back by undo, but for whom somebody has brought back, or whose e-mail is taken', async () => {
  await addMany(5, 'Kohsar')
  const brought = await create({ name: 'Brought back' })
  const taken = await create({ name: 'Taken', email: 'amina@example.com' })
  const merged = await create({ name: 'Merged' })
  await owner.call.duplicate.merge({
    survivorId: taken.id,
    survivorVersion: taken.version,
    merged: [{ id: merged.id, version: merged.version }],
  })
  const done = await finished(owner.call.bulk.archiveMatching({ filter: {}, archived: true }))
  expect(done).toMatchObject({ done: 7, refused: 0, result: { changed: 7 } })
  expect([await listed(), await listed(true)]).toEqual([0, 7])
  await owner.call.customer.restore({ id: brought.id })
  await create({ name: 'Another', email: 'AMINA@example.com' })

  const undone = await finished(owner.call.job.undo({ id: done.id }))
  expect(undone).toMatchObject({ done: 7, refused: 2, result: { changed: 5 } })
  const reasons = (await owner.call.job.refused({ id: undone.id })).items.map(({ reason }) => reason)
  expect(reasons.toSorted()).toEqual(['changed-since', 'taken'])
  expect([await listed(), await listed(true)]).toEqual([7, 1])
  expect(await owner.call.customer.byId({ id: merged.id })).toMatchObject({ mergedInto: taken.id })
})

test('many get an owner and give them back by undo, but for whom somebody else has taken over since', async () => {
  const agent = await desk.addMember('agent', 'Bilal')
  const ids = await addMany(BULK_CHUNK + 3, 'Kohsar')
  const [had = '', taken = '', third = ''] = ids
  await owner.call.customer.update({ id: had, ownerId: owner.user.id })
  const filter = { company: 'kohsar' }
  const given = await finished(agent.call.bulk.assignMatching({ filter, ownerId: agent.user.id }), agent)
  expect(given).toMatchObject({ state: 'done', refused: 0, result: { changed: ids.length }, canUndo: true })
  expect(await agent.call.bulk.count({ owner: 'me' })).toEqual({ count: ids.length })
  const line = (await agent.call.customer.timeline({ customerId: had })).items[0]
  expect(line).toMatchObject({
    actor: { name: 'Bilal' },
    event: { kind: 'edited', changes: [{ field: 'owner', from: 'Rabia', to: 'Bilal' }] },
  })
  await owner.call.customer.update({ id: taken, ownerId: owner.user.id })

  const undone = await finished(agent.call.job.undo({ id: given.id }), agent)
  expect(undone).toMatchObject({ state: 'done', refused: 1, result: { changed: ids.length - 1 } })
  expect(await owner.call.bulk.count({ owner: 'me' })).toEqual({ count: 2 })
  expect(await owner.call.bulk.count({ owner: 'nobody' })).toEqual({ count: ids.length - 2 })

  const mine = await finished(owner.call.bulk.assignMatching({ filter: { owner: 'me' }, ownerId: null }))
  expect(mine).toMatchObject({ result: { changed: 2 } })
  const some = await finished(owner.call.bulk.assign({ ids: [had, third], ownerId: agent.user.id }))
  expect(some).toMatchObject({ done: 2, result: { changed: 2 } })
  await owner.call.permission.member.remove({ userId: agent.user.id })
  const refusals = await readRefusals([
    owner.call.bulk.assign({ ids: [had], ownerId: agent.user.id }),
    owner.call.bulk.assignMatching({ filter: { owner: newId() }, ownerId: null }),
  ])
  expect(refusals.map(({ data }) => data.domain?.code)).toEqual(['NOT_FOUND', 'NOT_FOUND'])
})

test('one audit entry says who did it to how many', async () => {
  await addMany(3, 'Kohsar')
  await finished(owner.call.bulk.archiveMatching({ filter: {}, archived: true }))
  const rows = await api.database.withTenant(desk.tenantKey, (db) =>
    db
      .selectFrom('audit_log')
      .select(['action', 'actor_name', 'details'])
      .where('action', 'like', 'customer.bulk%')
      .execute(),
  )
  expect(rows).toMatchObject([{ action: 'customer.bulk-archived', actor_name: 'Rabia' }])
  expect(JSON.stringify(rows[0]?.details)).toContain('3')
})

test('who may not, may not; what cannot be meant is refused', async () => {
  const viewer = await desk.addMember('viewer')
  const { id: tagId } = await createTag('vip')
  const tooMany = Array.from({ length: BULK_IDS_MAX + 1 }, () => newId())
  const [add, none] = [
    { addTagIds: [tagId], removeTagIds: [] },
    { addTagIds: [], removeTagIds: [] },
  ]
  const refusals = await readRefusals([
    viewer.call.bulk.tag({ ids: [newId()], ...add }),
    viewer.call.bulk.archiveMatching({ filter: {}, archived: true }),
    owner.call.bulk.archive({ ids: tooMany, archived: true }),
    owner.call.bulk.archive({ ids: [], archived: true }),
    owner.call.bulk.archive({ ids: [newId()], archived: true }),
    owner.call.bulk.tagMatching({ filter: {}, ...none, addTagIds: [newId()] }),
    owner.call.bulk.tagMatching({ filter: { tagId: newId() }, ...add }),
    owner.call.bulk.tagMatching({ filter: { fields: [{ id: newId(), is: 1 }] }, ...add }),
  ])
  expect(refusals.map(({ data }) => data.domain?.code ?? data.code)).toEqual([
    'FORBIDDEN',
    'FORBIDDEN',
    'BAD_REQUEST',
    'BAD_REQUEST',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
  ])
})
