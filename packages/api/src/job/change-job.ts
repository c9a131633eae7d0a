import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { DomainError } from '../errors.ts'
import { requirePermission } from '../permission/access.ts'
import type { ScopedContext } from '../trpc.ts'
import { enqueueJob, requireRoom } from './enqueue-job.ts'
import type { JobKind } from './job-kind.ts'
import { BROKEN_STATES } from './job-states.ts'
import type { Job } from './model.ts'
import { getJob, getJobRow, isUndoable } from './queries.ts'
import type { JobIdInput } from './schema.ts'

interface JobRequest extends JobIdInput {
  kinds: readonly JobKind[]
}

/** Stops a job behind the chunk at work; what is done stays done, and can be undone. Twice is the same as once. */
export async function cancelJob(ctx: ScopedContext, { id, kinds }: JobRequest): Promise<Job> {
  await ctx.db.transaction().execute(async (trx) => {
    const { finished_at, cancel_requested_at } = await getJobRow(trx, {
      id,
      userId: ctx.user.id,
      lock: 'locked',
    })
    if (finished_at !== null || cancel_requested_at !== null) return
    await trx.updateTable('jobs').set({ cancel_requested_at: new Date() }).where('id', '=', id).execute()
  })
  ctx.jobs.wake(ctx.tenant)
  return getJob(ctx.db, { id, userId: ctx.user.id, kinds })
}

/**
 * Takes back what a job did, as a job of its own; one that was stopped or failed on the way goes on behind its last chunk.
 * CONFLICT if it is still at work, changed nothing or is undone already.
 */
export async function undoJob(ctx: ScopedContext, { id, kinds }: JobRequest): Promise<Job> {
  const row = await getJobRow(ctx.db, { id, userId: ctx.user.id })
  const done = kinds.find((each) => each.kind === row.kind)
  const undo = kinds.find((each) => each.kind === done?.undoneBy)
  if (!undo || !isUndoable(row, kinds)) {
    throw new DomainError('CONFLICT', 'There is nothing here that can be undone.')
  }
  requirePermission(ctx.access, undo.permission(row.input))
  const broken = await ctx.db.transaction().execute((trx) => reopenUndo(trx, id))
  if (!broken) return enqueueJob(ctx, { kind: undo.kind, input: row.input, undoOf: id })
  ctx.jobs.wake(ctx.tenant)
  return getJob(ctx.db, { id: broken, userId: ctx.user.id, kinds })
}

/** Half taken back is worse than either: what an undo has left undone is not lost with it. */
async function reopenUndo(trx: Transaction<TenantTables>, undoOf: string): Promise<string | undefined> {
  const broken = await trx
    .selectFrom('jobs')
    .select('id')
    .where('undo_of', '=', undoOf)
    .where('state', 'in', BROKEN_STATES)
    .forUpdate()
    .executeTakeFirst()
  if (!broken) return undefined
  await requireRoom(trx)
  await trx
    .updateTable('jobs')
    .set({ state: 'queued', finished_at: null, cancel_requested_at: null, attempts: 0 })
    .set({ result: null, failure: null })
    .where('id', '=', broken.id)
    .execute()
  return broken.id
}
