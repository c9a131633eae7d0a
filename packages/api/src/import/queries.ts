import type { ImportFileRow, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import {
  type ImportFile,
  type ImportOutcome,
  type ImportReason,
  type ImportResultRow,
  toImportFile,
} from './model.ts'
import { IMPORT_LIST_LIMIT, IMPORT_RESULTS_LIMIT_MAX, type ListImportResultsInput } from './schema.ts'

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
export async function listImports(db: Db, { userId }: Pick<Own, 'userId'>): Promise<{ items: ImportFile[] }> {
  const rows = await db
    .selectFrom('imports')
    .selectAll()
    .where('created_by', '=', userId)
    .where('received_at', 'is not', null)
    .where('cleared_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(IMPORT_LIST_LIMIT)
    .execute()
  return { items: rows.map(toImportFile) }
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
