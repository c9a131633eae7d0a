import type { ImportFileRow, JobState, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import {
  type ImportOutcome,
  type ImportReason,
  type ImportResultRow,
  type ImportStage,
  type ListedImport,
  toImportFile,
} from './model.ts'
import { IMPORT_LIST_LIMIT, IMPORT_RESULTS_LIMIT_MAX, type ListImportResultsInput } from './schema.ts'
import { isOpen } from '../job/job-states.ts'

type Db = Kysely<TenantTables>

interface Own {
  id: string
  userId: string
}

/** The row of an import that has arrived. NOT_FOUND for one that somebody else has sent, and when its rows are deleted. */
export async function getImportRow(db: Db, { id, userId }: Own): Promise<ImportFileRow> {
  const row = await db
    .selectFrom('imports')
    .selectAll()
    .where('id', '=', id)
    .where('created_by', '=', userId)
    .where('received_at', 'is not', null)
    .where('cleared_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new DomainError('NOT_FOUND', 'This file cannot be found. Upload it again.')
  return row
}

/** The caller's own, the latest first. */
export async function listImports(
  db: Db,
  { userId }: Pick<Own, 'userId'>,
): Promise<{ items: ListedImport[] }> {
  const rows = await db
    .selectFrom('imports')
    .leftJoin('jobs as job', 'job.id', 'imports.job_id')
    .leftJoin('jobs as undo', 'undo.undo_of', 'imports.job_id')
    .selectAll('imports')
    .select(['job.state as job_state', 'undo.state as undo_state'])
    .where('imports.created_by', '=', userId)
    .where('imports.received_at', 'is not', null)
    .where('imports.cleared_at', 'is', null)
    .orderBy('imports.created_at', 'desc')
    .orderBy('imports.id', 'desc')
    .limit(IMPORT_LIST_LIMIT)
    .execute()
  return { items: rows.map((row) => ({ ...toImportFile(row), stage: stageOf(row) })) }
}

interface ImportStates extends Pick<ImportFileRow, 'job_id'> {
  job_state: JobState | null
  undo_state: JobState | null
}

function stageOf({ job_id, job_state, undo_state }: ImportStates): ImportStage {
  if (job_id === null) return 'ready'
  if (undo_state === 'done') return 'undone'
  if (undo_state !== null) return isOpen(undo_state) ? 'undoing' : 'partly-undone'
  // Its job is forgotten a moment before its file is.
  if (job_state === null) return 'done'
  return isOpen(job_state) ? 'running' : job_state
}

/** The rows of a file in its order, with what became of each by the job that wrote them. */
export async function listResults(
  db: Db,
  { id, userId, afterRow = 0, limit = IMPORT_RESULTS_LIMIT_MAX }: ListImportResultsInput & Own,
): Promise<{ items: ImportResultRow[]; nextRow: number | null }> {
  const { job_id } = await getImportRow(db, { id, userId })
  const rows = await db
    .selectFrom('import_rows as file')
    .leftJoin('job_items as item', (join) =>
      join.onRef('item.position', '=', 'file.position').on('item.job_id', '=', job_id ?? ''),
    )
    .where('file.import_id', '=', id)
    .where('file.position', '>', afterRow)
    .select(['file.position', 'file.cells', 'item.outcome', 'item.reason', 'item.entity_id'])
    .orderBy('file.position')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(({ position, cells, outcome, reason, entity_id }) => ({
    rowNumber: position,
    cells,
    outcome: outcome as ImportOutcome | null,
    reason: reason as ImportReason | null,
    customerId: entity_id,
  }))
  return { items, nextRow: rows.length > limit ? (items.at(-1)?.rowNumber ?? null) : null }
}
