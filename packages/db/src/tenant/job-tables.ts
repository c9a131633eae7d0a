import type { Generated, JSONColumnType, Selectable } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './tables.ts'

export type JobState = 'queued' | 'running' | 'done' | 'cancelled' | 'failed'

/** Work that is too long for a request: done in the background, a chunk in each transaction. */
export interface JobsTable {
  id: string
  /** `entity.verb`; the closed list is in the api package. */
  kind: string
  state: JobState
  /** What is to be done, as the kind's schema reads it. */
  input: JSONColumnType<object, string, never>
  /** How far it has come, as the kind's schema reads it; null before the first chunk. Written with what each chunk did. */
  position: JSONColumnType<object | null, string | null, string | null>
  /** Rows that are settled, whether changed, left as they were or refused. */
  done: Generated<number>
  refused: Generated<number>
  /** null while it is not known yet how many there are. */
  total: Nullable<number>
  result: JSONColumnType<object | null, string | null, string | null>
  /** Why it failed: `{ code, userMessage }`. */
  failure: JSONColumnType<object | null, string | null, string | null>
  /** Tries in a row that failed. */
  attempts: Generated<number>
  requested_by: string
  /** For the audit log: what was known of them then. */
  requester: JSONColumnType<object, string, never>
  /** The job whose work this one takes back: at most one does. */
  undo_of: Nullable<string>
  cancel_requested_at: NullableTimestamp
  /** The process that works on it, and until when others leave it alone. */
  lease_owner: Nullable<string>
  lease_until: NullableTimestamp
  created_at: Timestamp
  started_at: NullableTimestamp
  finished_at: NullableTimestamp
}

/** What became of each row of a job. */
export interface JobItemsTable {
  job_id: string
  /** 1, 2, 3 … in the order of the work. */
  position: number
  /** The customer that it is about, or that it made. */
  entity_id: Nullable<string>
  /** `changed`, `same`, `refused`, or a word of the kind's own; null: not settled yet. */
  outcome: Nullable<string>
  /** Why it was refused: a word that the interface translates. */
  reason: Nullable<string>
  /** What taking it back needs, or what a reader should know. */
  details: JSONColumnType<object | null, string | null, string | null>
}

export type JobRow = Selectable<JobsTable>
