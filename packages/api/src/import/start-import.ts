import type { ImportFileRow, TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { DomainError } from '../errors.ts'
import { insertJob } from '../job/enqueue-job.ts'
import type { Job } from '../job/model.ts'
import type { ScopedContext } from '../trpc.ts'
import { CHECK_KIND, IMPORT_KIND, type ImportJobInput, UNDO_KIND } from './import-job.ts'
import { checkMapping } from './load-plan.ts'
import { getImportRow } from './queries.ts'
import { saveMapping } from './remember-mapping.ts'
import type { ImportIdInput, PlanImportInput } from './schema.ts'
import { OPEN_STATES } from '../job/job-states.ts'

type Trx = Transaction<TenantTables>

/** Counts in the background what an import would do. CONFLICT while another import of this tenant is at work. */
export function checkImport(ctx: ScopedContext, input: PlanImportInput): Promise<Job> {
  return start(ctx, input, { kind: CHECK_KIND, column: 'check_job_id' })
}

/**
 * Writes the customers of a file, in the background, and remembers which column is what. CONFLICT while another import of
 * this tenant is at work, and for a file that was imported already.
 */
export function startImport(ctx: ScopedContext, input: PlanImportInput): Promise<Job> {
  return start(ctx, input, { kind: IMPORT_KIND, column: 'job_id' })
}

async function start(
  ctx: ScopedContext,
  { id, ...how }: PlanImportInput,
  { kind, column }: { kind: string; column: 'check_job_id' | 'job_id' },
): Promise<Job> {
  const job = await ctx.db.transaction().execute(async (trx) => {
    await lockImports(trx)
    const file = await getImportRow(trx, { id, userId: ctx.user.id })
    await checkMapping(trx, how.mapping, file.columns)
    refuseDone(file)
    await requireNoneAtWork(trx)
    const input: ImportJobInput = { importId: id, fileName: file.file_name, ...how }
    const queued = await insertJob(trx, ctx, { kind, input, total: file.rows_count })
    await trx
      .updateTable('imports')
      .set({ [column]: queued.id })
      .where('id', '=', id)
      .execute()
    if (column === 'job_id') await saveMapping(trx, { headerHash: file.header_hash, mapping: how.mapping })
    return queued
  })
  ctx.jobs.wake(ctx.tenant)
  return job
}

/** Two who start at once are one after the other: the profile is a row that every tenant has, and few write. */
export async function lockImports(trx: Trx): Promise<void> {
  await trx.selectFrom('workspace_profile').select('id').where('id', '=', 1).forUpdate().execute()
}

function refuseDone({ job_id }: ImportFileRow): void {
  if (job_id !== null)
    throw new DomainError(
      'CONFLICT',
      'This file has been imported already. Upload it again to import it again.',
    )
}

async function requireNoneAtWork(trx: Trx): Promise<void> {
  const open = await trx
    .selectFrom('jobs')
    .select('id')
    .where('state', 'in', OPEN_STATES)
    .where('kind', 'in', [CHECK_KIND, IMPORT_KIND, UNDO_KIND])
    .limit(1)
    .executeTakeFirst()
  if (open)
    throw new DomainError('CONFLICT', 'Another import of this workspace is at work. Begin when it is done.', {
      details: { reason: 'import-at-work' },
    })
}

/** Deletes a file that nobody has imported. CONFLICT for one that was: its result and its undo need it. */
export async function discardImport(ctx: ScopedContext, { id }: ImportIdInput): Promise<{ id: string }> {
  await ctx.db.transaction().execute(async (trx) => {
    await lockImports(trx)
    refuseDone(await getImportRow(trx, { id, userId: ctx.user.id }))
    await trx.updateTable('imports').set({ cleared_at: new Date() }).where('id', '=', id).execute()
  })
  return { id }
}
