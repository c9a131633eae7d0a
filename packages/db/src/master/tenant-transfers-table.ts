import type { ColumnType, Generated, Selectable } from 'kysely'

type Timestamp = ColumnType<Date, Date, Date>
type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>
type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>

export type TransferKind = 'export' | 'import' | 'clone'
export type TransferState = 'running' | 'done' | 'failed' | 'cancelled'

/** A tenant that is taken out into an archive, in again, or copied; kept for a while after its end. */
export interface TenantTransfersTable {
  id: string
  kind: TransferKind
  state: TransferState
  /** The tenant that is exported or copied; null for an import. */
  from_key: Nullable<string>
  /** The tenant that is made; null for an export. */
  into_key: Nullable<string>
  /** null: somebody at the command line. */
  requested_by: Nullable<string>
  requester: string
  /** What it is at: a word of whoever does it. null before the first, and after the end. */
  step: Nullable<string>
  step_table: Nullable<string>
  /** Of what the step counts: rows, or files. */
  done: Generated<number>
  /** null: not known. */
  total: Nullable<number>
  /** JSON, of whoever did it. */
  result: Nullable<string>
  /** JSON: `{ code, message }`. */
  failure: Nullable<string>
  /** Until when the archive of an export is kept in the file store; null: there is none. */
  archive_until: NullableTimestamp
  /** Once somebody has asked for its end, from whichever process. */
  cancel_asked_at: NullableTimestamp
  started_at: Timestamp
  heard_at: Timestamp
  ended_at: NullableTimestamp
}

export type TenantTransferRow = Selectable<TenantTransfersTable>
