import type { JobRow, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import type { JobKind } from './job-kind.ts'
import { BROKEN_STATES } from './job-states.ts'
import { type Job, type RefusedItem, toJob } from './model.ts'
import { JOB_ITEMS_LIMIT_DEFAULT, JOB_LIST_LIMIT, type ListRefusedInput } from './schema.ts'

type Db = Kysely<TenantTables>

interface Asked {
  userId: string
  /** What this version can do, for whether a job can be undone. */
  kinds: readonly JobKind[]
}

/** What somebody has asked for lately, the latest first. Jobs are their requester's own. */
export async function listJobs(db: Db, { userId, kinds }: Asked): Promise<{ items: Job[] }> {
  const rows = await db
    .selectFrom('jobs')
    .selectAll()
    .where('requested_by', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(JOB_LIST_LIMIT)
    .execute()
  return { items: await toJobs(db, rows, kinds) }
}

/** NOT_FOUND for one that somebody else asked for. */
export async function getJob(db: Db, { id, ...asked }: Asked & { id: string }): Promise<Job> {
  const [job] = await toJobs(db, [await getJobRow(db, { id, userId: asked.userId })], asked.kinds)
  if (!job) throw unknownJob()
  return job
}

export async function getJobRow(
  db: Db,
  { id, userId, lock }: { id: string; userId: string; lock?: 'locked' },
): Promise<JobRow> {
  const query = db.selectFrom('jobs').selectAll().where('id', '=', id).where('requested_by', '=', userId)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw unknownJob()
  return row
}

async function toJobs(db: Db, rows: readonly JobRow[], kinds: readonly JobKind[]): Promise<Job[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const undone = await db
    .selectFrom('jobs')
    .select('undo_of')
    .where('undo_of', 'in', ids)
    .where('state', 'not in', BROKEN_STATES)
    .execute()
  const taken = new Set(undone.map(({ undo_of }) => undo_of))
  return rows.map((row) => toJob(row, { canUndo: !taken.has(row.id) && isUndoable(row, kinds) }))
}

/** It has ended, and changed something. */
export function isUndoable(row: JobRow, kinds: readonly JobKind[]): boolean {
  const kind = kinds.find((each) => each.kind === row.kind)
  return kind?.undoneBy !== undefined && row.finished_at !== null && row.done > row.refused
}

/** The rows that a job could not do, with the customers that they are about. */
export async function listRefused(
  db: Db,
  { id, afterPosition = 0, limit = JOB_ITEMS_LIMIT_DEFAULT, userId }: ListRefusedInput & { userId: string },
): Promise<{ items: RefusedItem[]; nextPosition: number | null }> {
  await getJobRow(db, { id, userId })
  const rows = await db
    .selectFrom('job_items as item')
    .leftJoin('customers', 'customers.id', 'item.entity_id')
    .where('item.job_id', '=', id)
    .where('item.outcome', '=', 'refused')
    .where('item.position', '>', afterPosition)
    .select(['item.position', 'item.reason', 'item.details', 'customers.id', 'customers.name'])
    .orderBy('item.position')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(({ position, reason, details, id: entityId, name }) => ({
    position,
    reason: reason ?? '',
    entity: entityId === null || name === null ? null : { id: entityId, name },
    details,
  }))
  return { items, nextPosition: rows.length > limit ? (items.at(-1)?.position ?? null) : null }
}

function unknownJob(): DomainError {
  return new DomainError('NOT_FOUND', 'This job cannot be found. It may have ended too long ago.')
}
