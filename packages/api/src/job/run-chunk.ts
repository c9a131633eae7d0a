import type { JobRow, TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { type RecordChange, transact, type TransactContext } from '../change/transact.ts'
import type { Client } from '../context.ts'
import { loadAccess, requirePermission } from '../permission/access.ts'
import { LEASE_END } from './claim-job.ts'
import type { JobChunk, JobEnd, JobKind } from './job-kind.ts'
import type { JobFailure } from './model.ts'

interface Claimed {
  id: string
  owner: string
  kind: JobKind
}

/**
 * Does the next chunk of a job and writes down how far it has come, in one transaction. The job's row is locked first:
 * whoever has lost it to another process does nothing. Says whether there is more to do.
 */
export function runChunk(ctx: TransactContext, claimed: Claimed): Promise<boolean> {
  return transact(ctx, async (trx, record) => {
    const job = await lockJob(trx, claimed)
    if (!job) return false
    const chunk = await readChunk(trx, { job, record })
    if (job.cancel_requested_at !== null) {
      await endJob(trx, { claimed, chunk, end: 'cancelled' })
      return false
    }
    requirePermission(chunk.access, claimed.kind.permission(chunk.input))
    const step = await claimed.kind.step(chunk)
    const done = chunk.done + (step.done ?? 0)
    const refused = chunk.refused + (step.refused ?? 0)
    const total = step.total ?? chunk.total
    const position = JSON.stringify(step.position)
    await trx
      .updateTable('jobs')
      .set({ position, done, refused, total, attempts: 0, lease_until: LEASE_END })
      .where('id', '=', job.id)
      .execute()
    if (!step.isLast) return true
    await endJob(trx, {
      claimed,
      chunk: { ...chunk, position: step.position, done, refused, total },
      end: 'done',
    })
    return false
  })
}

/** Ends a job that cannot go on. Nothing if another process has it by now. */
export function failJob(
  ctx: TransactContext,
  { claimed, failure }: { claimed: Claimed; failure: JobFailure },
): Promise<void> {
  return transact(ctx, async (trx, record) => {
    const job = await lockJob(trx, claimed)
    if (!job) return
    const chunk = await readChunk(trx, { job, record, who: 'whoever they are' })
    await endJob(trx, { claimed, chunk, end: 'failed' })
    await trx
      .updateTable('jobs')
      .set({ failure: JSON.stringify(failure) })
      .where('id', '=', job.id)
      .execute()
  })
}

/** Counts a try that failed for no known reason. */
export async function countAttempt({ db }: TransactContext, { id, owner }: Claimed): Promise<number> {
  await db
    .updateTable('jobs')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .execute()
  const job = await db.selectFrom('jobs').select('attempts').where('id', '=', id).executeTakeFirst()
  return job?.attempts ?? 0
}

function lockJob(trx: Transaction<TenantTables>, { id, owner }: Claimed): Promise<JobRow | undefined> {
  return trx
    .selectFrom('jobs')
    .selectAll()
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .where('state', '=', 'running')
    .forUpdate()
    .executeTakeFirst()
}

interface Requester {
  name: string
  client: Client
  requestId: string
}

async function readChunk(
  trx: Transaction<TenantTables>,
  { job, record, who }: { job: JobRow; record: RecordChange; who?: 'whoever they are' },
): Promise<JobChunk<object, object>> {
  const { name, client, requestId } = job.requester as Requester
  const nobody = { role: { id: '', name: '', builtIn: null }, permissions: new Set<never>() }
  return {
    trx,
    record,
    jobId: job.id,
    input: job.input,
    position: job.position,
    done: job.done,
    refused: job.refused,
    total: job.total,
    undoOf: job.undo_of,
    access: who ? nobody : await loadAccess(trx, job.requested_by),
    audit: { user: { id: job.requested_by, name }, client, requestId },
  }
}

async function endJob(
  trx: Transaction<TenantTables>,
  { claimed, chunk, end }: { claimed: Claimed; chunk: JobChunk<object, object>; end: JobEnd },
): Promise<void> {
  const result = await claimed.kind.finish(chunk, end)
  await trx
    .updateTable('jobs')
    .set({ state: end, result: result && JSON.stringify(result), finished_at: new Date() })
    .set({ lease_owner: null, lease_until: null })
    .where('id', '=', chunk.jobId)
    .execute()
}
