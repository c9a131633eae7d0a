import { AsyncLocalStorage } from 'node:async_hooks'
import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { loadAccess } from '../permission/access.ts'
import {
  createTestDesk,
  makeContext,
  openTestApi,
  readRefusals,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'
import type { ScopedContext } from '../trpc.ts'
import { cancelJob, undoJob } from './change-job.ts'
import { claimJob, JOB_LEASE_MS } from './claim-job.ts'
import { enqueueJob, type NewJob } from './enqueue-job.ts'
import { defineJobKind } from './job-kind.ts'
import { createJobRunner, JOB_ATTEMPTS_MAX, type JobRunner } from './job-runner.ts'
import { pruneJobs } from './prune-jobs.ts'
import { getJob, listJobs } from './queries.ts'
import { JOB_KEPT_DAYS, JOBS_OPEN_MAX } from './schema.ts'

const CHUNK = 2
/** Where no chunk is at work: what others do meanwhile has connections of its own. */
const elsewhere = AsyncLocalStorage.snapshot()
/** What a test wants to happen in a chunk, before anything is written. */
let before: (done: number) => Promise<void> | void

/** Makes tags, two in each chunk: a row written twice is a tag too many. */
const MAKE_TAGS = defineJobKind({
  kind: 'test.make-tags',
  undoneBy: 'test.delete-tags',
  input: z.object({ count: z.int(), prefix: z.string() }),
  position: z.object({ next: z.int() }),
  permission: () => 'customer:configure',
  async step({ trx, input, position, jobId }) {
    const from = position?.next ?? 0
    const to = Math.min(from + CHUNK, input.count)
    const rows = Array.from({ length: to - from }, (_, at) => ({ id: newId(), at: from + at }))
    await trx
      .insertInto('tags')
      .values(rows.map(({ id, at }) => ({ id, name: `${input.prefix} ${at}`, created_at: new Date() })))
      .execute()
    await trx
      .insertInto('job_items')
      .values(
        rows.map(({ id, at }) => ({ job_id: jobId, position: at + 1, entity_id: id, outcome: 'changed' })),
      )
      .execute()
    await before(from)
    return { position: { next: to }, done: to - from, total: input.count, isLast: to === input.count }
  },
  finish: async ({ done }, end) => ({ end, made: done }),
})

const DELETE_TAGS = defineJobKind({
  kind: 'test.delete-tags',
  input: z.object({ count: z.int(), prefix: z.string() }),
  position: z.object({ after: z.int() }),
  permission: () => 'customer:configure',
  async step({ trx, undoOf, position }) {
    const after = position?.after ?? 0
    const items = await trx
      .selectFrom('job_items')
      .select(['entity_id', 'position'])
      .where('job_id', '=', undoOf)
      .where('position', '>', after)
      .orderBy('position')
      .limit(CHUNK)
      .execute()
    const ids = items.flatMap(({ entity_id }) => entity_id ?? [])
    if (ids.length > 0) await trx.deleteFrom('tags').where('id', 'in', ids).execute()
    await before(after)
    return { position: { after: after + items.length }, done: items.length, isLast: items.length < CHUNK }
  },
})
const KINDS = [MAKE_TAGS, DELETE_TAGS]

let api: TestApi
let desk: TestDesk
let owner: TestMember
let runner: JobRunner
let names = 0

beforeAll(async () => {
  api = await openTestApi()
})
beforeEach(async () => {
  await desk?.[Symbol.asyncDispose]()
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner')
  runner = openRunner()
  before = () => undefined
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

function openRunner(): JobRunner {
  return createJobRunner({ ...api, kinds: KINDS })
}

/** As inside a procedure of the member's. */
function as<T>(
  member: TestMember,
  work: (ctx: ScopedContext) => Promise<T>,
  jobs: ScopedContext['jobs'] = runner,
): Promise<T> {
  return api.database.withTenant(desk.tenantKey, async (db) => {
    const context = makeContext(api, { tenantKey: desk.tenantKey, person: member })
    const access = await loadAccess(db, member.user.id)
    return work({ ...context, jobs, user: member.user, actorKind: 'user', tenant: desk.tenant, access, db })
  })
}

const enqueue = (count: number, jobs?: ScopedContext['jobs']) => {
  const job: NewJob = { kind: MAKE_TAGS.kind, input: { count, prefix: `tag ${names++}` } }
  return as(owner, (ctx) => enqueueJob(ctx, job), jobs)
}
const read = (id: string) => as(owner, (ctx) => getJob(ctx.db, { id, userId: owner.user.id, kinds: KINDS }))
const countTags = async () => (await owner.call.customer.tag.list()).items.length
const nobody = { wake: () => undefined }

test('a job is done chunk by chunk after the request that asked for it, and says how far it is', async () => {
  const seen: number[] = []
  before = async (done) => void seen.push(done)
  const { id, state } = await enqueue(5)
  expect(state).toBe('queued')
  await runner.idle()
  expect(await read(id)).toMatchObject({ state: 'done', done: 5, total: 5, result: { end: 'done', made: 5 } })
  expect(seen).toEqual([0, 2, 4])
  expect(await countTags()).toBe(5)
})

test('a process that dies inside a chunk leaves the job to another, and no row is there twice', async () => {
  const { id } = await enqueue(5, nobody)
  // The first one gets through a chunk, is cut off in the second, and comes back no more.
  before = (done) => {
    if (done === 2) throw new Error('the process is gone')
  }
  runner.wake(desk.tenant)
  await runner.idle()
  expect(api.bugs.splice(0)).toHaveLength(JOB_ATTEMPTS_MAX)
  await api.database.withTenant(desk.tenantKey, (db) =>
    db
      .updateTable('jobs')
      .set({ state: 'running', failure: null, attempts: 0, finished_at: null, lease_owner: newId() })
      .set({ lease_until: new Date(Date.now() - 1_000) })
      .where('id', '=', id)
      .execute(),
  )
  before = () => undefined
  const other = openRunner()
  other.wake(desk.tenant)
  await other.idle()
  expect(await read(id)).toMatchObject({ state: 'done', done: 5 })
  expect(await countTags()).toBe(5)
})

test('a job whose process is alive is left alone', async () => {
  const { id } = await enqueue(5, nobody)
  await api.database.withTenant(desk.tenantKey, async (db) => {
    expect(await claimJob(db, newId())).toMatchObject({ id })
    expect(await claimJob(db, newId())).toBeUndefined()
    const { lease_until } = await db.selectFrom('jobs').select('lease_until').executeTakeFirstOrThrow()
    expect(lease_until?.getTime()).toBeLessThanOrEqual(Date.now() + JOB_LEASE_MS)
  })
})

test('two processes that find a job at once do it once', async () => {
  await enqueue(9, nobody)
  const others = [openRunner(), openRunner(), openRunner()]
  for (const other of others) other.wake(desk.tenant)
  await Promise.all(others.map((other) => other.idle()))
  expect(await countTags()).toBe(9)
})

test('a stopping process finishes its chunk, and the next one goes on at once', async () => {
  let closing: Promise<void> | undefined
  before = () => void (closing ??= runner.close())
  const { id } = await enqueue(6)
  await runner.idle()
  await closing
  expect(await read(id)).toMatchObject({ state: 'running', done: 2 })
  const next = openRunner()
  next.wake(desk.tenant)
  await next.idle()
  expect(await read(id)).toMatchObject({ state: 'done', done: 6 })
})

test('a cancelled job stops behind the chunk at work and keeps what it has done', async () => {
  const { id } = await enqueue(6, nobody)
  let cancelled: Promise<unknown> | undefined
  before = () => {
    cancelled ??= elsewhere(() => as(owner, (ctx) => cancelJob(ctx, { id, kinds: KINDS }), nobody))
  }
  runner.wake(desk.tenant)
  await runner.idle()
  await cancelled
  expect(await read(id)).toMatchObject({ state: 'cancelled', result: { end: 'cancelled' } })
  expect(await countTags()).toBeLessThan(6)
  expect(await countTags()).toBe((await read(id)).done)
})

test('whoever loses the permission has no job that goes on', async () => {
  const { id } = await enqueue(6, nobody)
  const leave = () =>
    api.database.withTenant(desk.tenantKey, (db) =>
      db
        .updateTable('members')
        .set({ removed_at: new Date() })
        .where('user_id', '=', owner.user.id)
        .execute(),
    )
  before = () => elsewhere(async () => void (await leave()))
  const other = await desk.addMember('owner')
  runner.wake(desk.tenant)
  await runner.idle()
  const job = await as(other, (ctx) => getJob(ctx.db, { id, userId: owner.user.id, kinds: KINDS }))
  expect(job).toMatchObject({ state: 'failed', done: 2, failure: { code: 'FORBIDDEN' } })
})

test('a fault of ours is tried again, logged, and ends the job without a word of it', async () => {
  before = () => {
    throw new Error('secret of the machine')
  }
  const { id } = await enqueue(2)
  await runner.idle()
  expect(await read(id)).toMatchObject({ state: 'failed', failure: { code: 'INTERNAL' } })
  expect(JSON.stringify(await read(id))).not.toContain('secret')
  expect(api.bugs.splice(0)).toHaveLength(JOB_ATTEMPTS_MAX)
})

test('what a job did is taken back once', async () => {
  const { id } = await enqueue(5)
  await runner.idle()
  expect(await read(id)).toMatchObject({ canUndo: true })
  const undo = () => as(owner, (ctx) => undoJob(ctx, { id, kinds: KINDS }))
  expect(await undo()).toMatchObject({ undoOf: id })
  await runner.idle()
  expect(await countTags()).toBe(0)
  expect(await read(id)).toMatchObject({ canUndo: false })
  await expect(undo()).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('an undo that was stopped half way was the end of it: now it goes on behind its last chunk', async () => {
  const { id } = await enqueue(6)
  await runner.idle()
  const undo = (jobs?: ScopedContext['jobs']) => as(owner, (ctx) => undoJob(ctx, { id, kinds: KINDS }), jobs)
  const { id: undoId } = await undo(nobody)
  let cancelled: Promise<unknown> | undefined
  before = () => {
    cancelled ??= elsewhere(() => as(owner, (ctx) => cancelJob(ctx, { id: undoId, kinds: KINDS }), nobody))
  }
  runner.wake(desk.tenant)
  await runner.idle()
  await cancelled
  const { state, done } = await read(undoId)
  expect(state).toBe('cancelled')
  expect(await countTags()).toBe(6 - done)
  expect(await read(id)).toMatchObject({ canUndo: true })
  expect(await undo(nobody)).toMatchObject({ id: undoId, state: 'queued', isCancelling: false })
  runner.wake(desk.tenant)
  await runner.idle()
  expect(await read(undoId)).toMatchObject({ state: 'done', done: 6 })
  expect(await countTags()).toBe(0)
  expect(await read(id)).toMatchObject({ canUndo: false })
})

test('a job is its requester’s own', async () => {
  const { id } = await enqueue(2, nobody)
  const other = await desk.addMember('manager')
  expect((await other.call.job.list()).items).toEqual([])
  const { byId, cancel, refused, undo } = other.call.job
  const refusals = await readRefusals([byId({ id }), cancel({ id }), refused({ id }), undo({ id })])
  for (const refusal of refusals) expect(refusal).toMatchObject({ data: { code: 'NOT_FOUND' } })
})

test('a tenant has so many jobs under way and no more', async () => {
  for (let queued = 0; queued < JOBS_OPEN_MAX; queued++) await enqueue(1, nobody)
  await expect(enqueue(1, nobody)).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('jobs that ended long ago are deleted with their rows, others stay', async () => {
  const { id: old } = await enqueue(4)
  const { id: recent } = await enqueue(4)
  await runner.idle()
  await api.database.withTenant(desk.tenantKey, async (db) => {
    const at = new Date(Date.now() - (JOB_KEPT_DAYS + 1) * 86_400_000)
    await db.updateTable('jobs').set({ created_at: at, finished_at: at }).where('id', '=', old).execute()
    await pruneJobs(db)
    const items = await db.selectFrom('job_items').select('job_id').distinct().execute()
    expect(items).toEqual([{ job_id: recent }])
    const { items: left } = await listJobs(db, { userId: owner.user.id, kinds: KINDS })
    expect(left.map(({ id }) => id)).toEqual([recent])
  })
})
