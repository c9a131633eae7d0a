import type { JSONColumnType } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './tables.ts'

/** A conversation that became a part of another. Kept after it was undone. */
export interface ConversationMergesTable {
  id: string
  merged_id: string
  /** Into which it was merged then; that one may be a part of another by now. */
  survivor_id: string
  /** What undoing it needs; the api package's chat/merge-record.ts says what is in it. */
  details: JSONColumnType<object, string, never>
  merged_by: string
  merged_at: Timestamp
  undone_by: Nullable<string>
  undone_at: NullableTimestamp
}
