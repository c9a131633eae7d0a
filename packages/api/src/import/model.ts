import type { ImportFileRow } from '@sarai/db'
import type { FieldValue } from '../customer/model.ts'
import type { ImportDelimiter, ImportDetail, ImportEncoding, ImportMapping } from './schema.ts'

/** A file of customers as it crosses the wire. */
export interface ImportFile {
  id: string
  fileName: string
  encoding: ImportEncoding
  delimiter: ImportDelimiter
  /** What the first row says, in the order of the file. */
  columns: string[]
  rowsCount: number
  /** The latest dry run. */
  checkJobId: string | null
  /** The job that wrote the customers; null: nobody has started it. */
  jobId: string | null
  createdAt: string
}

/** How far a file is. `ready`: nobody has started it. */
export type ImportStage =
  | 'ready'
  | 'running'
  | 'done'
  | 'cancelled'
  | 'failed'
  | 'undoing'
  | 'undone'
  | 'partly-undone'

/** A file in the list of one's own. */
export interface ListedImport extends ImportFile {
  stage: ImportStage
}

/** A file that has just arrived, with what its columns seem to be. */
export interface ReceivedImport extends ImportFile {
  /** The job that takes it back, once somebody has asked for that. */
  undoJobId: string | null
  /** As it was chosen for the last file with these columns, else by their names; null: none of them is a name. */
  suggested: ImportMapping | null
  isRemembered: boolean
  /** The first rows as they are in the file. */
  samples: string[][]
}

export function toImportFile(row: ImportFileRow): ImportFile {
  return {
    id: row.id,
    fileName: row.file_name,
    encoding: row.encoding as ImportEncoding,
    delimiter: row.delimiter as ImportDelimiter,
    columns: row.columns,
    rowsCount: row.rows_count,
    checkJobId: row.check_job_id,
    jobId: row.job_id,
    createdAt: row.created_at.toISOString(),
  }
}

/** What becomes of a row. `same`: its customer has all of it already. */
export type ImportOutcome = 'created' | 'updated' | 'same' | 'skipped' | 'refused'

/** Why a row is skipped or refused. */
export type ImportReason =
  | 'name-missing'
  | 'too-long'
  | 'not-storable'
  | 'email-wrong'
  | 'phone-wrong'
  | 'field-wrong'
  | 'field-missing'
  | 'owner-unknown'
  | 'same-phone'
  | 'same-email'
  | 'same-name'
  | 'two-customers'
  | 'several-names'
  | 'customer-gone'

/** What is wrong with which detail of a row; `fieldId` for a field of the tenant's own. */
export interface ImportProblem {
  reason: ImportReason
  detail: 'name' | ImportDetail | 'field'
  fieldId?: string
}

/** A row as it will be. */
export interface ImportPreviewRow {
  rowNumber: number
  outcome: ImportOutcome
  reason: ImportReason | null
  problems: ImportProblem[]
  values: Record<'name' | ImportDetail, string | null>
  fields: Record<string, FieldValue>
  /** The customer who is the same person, or the row of the file that is. */
  match: { name: string; customerId: string | null } | null
}

export type ImportCounts = Record<ImportOutcome, number>

/** The result of a dry run and of an import. */
export interface ImportResult extends ImportCounts {
  importId: string
}

/** The result of taking one back. */
export interface ImportUndoResult {
  removed: number
  restored: number
  /** Changed since, or in use by now: left as they are. */
  kept: number
}

export interface ImportResultRow {
  rowNumber: number
  cells: string[]
  /** null: the import ended before it. */
  outcome: ImportOutcome | null
  reason: ImportReason | null
  customerId: string | null
}
