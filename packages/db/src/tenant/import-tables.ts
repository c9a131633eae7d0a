import type { JSONColumnType, Selectable } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './tables.ts'

/** A file of customers that somebody has sent, read into rows. */
export interface ImportsTable {
  id: string
  file_name: string
  bytes: number
  /** A label of the Encoding Standard: `utf-8`, `windows-1256` … */
  encoding: string
  delimiter: string
  /** What the first row says. */
  columns: JSONColumnType<string[], string, never>
  /** Of the names of the columns, folded: files of the same make have the same. SHA-256, hex. */
  header_hash: string
  /** Those with anything in them, without the first. */
  rows_count: number
  created_by: string
  created_at: Timestamp
  /** null: it is still arriving, or was cut off. */
  received_at: NullableTimestamp
  /** The latest dry run, and the job that wrote the customers. */
  check_job_id: Nullable<string>
  job_id: Nullable<string>
  /** Its rows have been deleted, because it is too old. */
  cleared_at: NullableTimestamp
}

export interface ImportRowsTable {
  import_id: string
  /** As a spreadsheet numbers them: the names of the columns are row 1. */
  position: number
  cells: JSONColumnType<string[], string, never>
}

/** Whom the rows of a dry run would make or change, for those that come later in the same file. */
export interface ImportKeysTable {
  job_id: string
  /** Of a phone, an e-mail or a name. SHA-256, base64url. */
  digest: string
  /** A customer, or who would be one. */
  target_id: string
  target: JSONColumnType<object, string, never>
}

/** Which column is what, as it was chosen for a file with these columns. */
export interface ImportMappingsTable {
  header_hash: string
  mapping: JSONColumnType<object, string, string>
  saved_at: Timestamp
}

export type ImportFileRow = Selectable<ImportsTable>
