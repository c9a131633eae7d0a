import { isDuplicateKey, newId, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import { type Job, toJob } from './model.ts'
import { JOBS_OPEN_MAX } from './schema.ts'
import { OPEN_STATES } from './job-states.ts'

export interface NewJob {
  kind: string
  input: object
  total?: number
  undoOf?: string
}

/**
 * Writes a job down and wakes the runner: it begins within moments, whether or not the caller stays. CONFLICT at
 * JOBS_OPEN_MAX, and if the work of `undoOf` is being taken back already.
 * INSERT INTO jobs.
 */
export async function enqueueJob(ctx: ScopedContext, job: NewJob): Promise<Job> {
  const queued = await ctx.db.transaction().execute((trx) => insertJob(trx, ctx, job))
  ctx.jobs.wake(ctx.tenant)
  return queued
}

/** The same in a transaction that writes something besides. Call `ctx.jobs.wake(ctx.tenant)` after it. */
export async function insertJob(
  trx: Transaction<TenantTables>,
  ctx: ScopedContext,
  { kind, input, total, undoOf }: NewJob,
): Promise<Job> {
  await requireRoom(trx)
  const id = newId()
  const requester = { name: ctx.user.name, client: ctx.client, requestId: ctx.requestId }
  try {
    await trx
      .insertInto('jobs')
      .values({
        id,
        kind,
        state: 'queued',
        input: JSON.stringify(input),
        total: total ?? null,
        requested_by: ctx.user.id,
        requester: JSON.stringify(requester),
        undo_of: undoOf ?? null,
        created_at: new Date(),
      })
      .execute()
  } catch (error) {
    if (!isDuplicateKey(error, 'jobs_undo_of')) throw error
    throw new DomainError('CONFLICT', 'This has been undone already.', { cause: error })
  }
  const row = await trx.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return toJob(row, { canUndo: false })
}

/** CONFLICT at JOBS_OPEN_MAX. */
export async function requireRoom(trx: Transaction<TenantTables>): Promise<void> {
  const { open } = await trx
    .selectFrom('jobs')
    .where('state', 'in', OPEN_STATES)
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .executeTakeFirstOrThrow()
  if (Number(open) < JOBS_OPEN_MAX) return
  throw new DomainError(
    'CONFLICT',
    `This workspace has ${JOBS_OPEN_MAX} jobs under way already. Try again when one of them is done.`,
  )
}
