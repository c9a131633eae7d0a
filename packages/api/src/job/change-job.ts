import { DomainError } from '../errors.ts'
import { requirePermission } from '../permission/access.ts'
import type { ScopedContext } from '../trpc.ts'
import { enqueueJob } from './enqueue-job.ts'
import type { JobKind } from './job-kind.ts'
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

/** Takes back what a job did, as a job of its own. CONFLICT if it is still at work, changed nothing or is undone already. */
export async function undoJob(ctx: ScopedContext, { id, kinds }: JobRequest): Promise<Job> {
  const row = await getJobRow(ctx.db, { id, userId: ctx.user.id })
  const done = kinds.find((each) => each.kind === row.kind)
  const undo = kinds.find((each) => each.kind === done?.undoneBy)
  if (!undo || !isUndoable(row, kinds)) {
    throw new DomainError('CONFLICT', 'There is nothing here that can be undone.')
  }
  requirePermission(ctx.access, undo.permission(row.input))
  return enqueueJob(ctx, { kind: undo.kind, input: row.input, undoOf: id })
}
