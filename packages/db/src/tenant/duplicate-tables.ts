import type { JSONColumnType } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './tables.ts'

/** Customers that became one. Kept after it was undone. */
export interface CustomerMergesTable {
  id: string
  survivor_id: string
  /** What undoing it needs; the api package's duplicate/merge-record.ts says what is in it. */
  details: JSONColumnType<object, string, never>
  merged_by: string
  merged_at: Timestamp
  undone_by: Nullable<string>
  undone_at: NullableTimestamp
}

/** A conversation that a merge gave to the survivor, and whose it was. */
export interface CustomerMergeMovesTable {
  merge_id: string
  conversation_id: string
  from_id: string
}

/** Two customers of whom somebody has said that they are not the same person. The smaller id comes first. */
export interface CustomerDistinctionsTable {
  one_id: string
  other_id: string
  said_by: string
  said_at: Timestamp
}
