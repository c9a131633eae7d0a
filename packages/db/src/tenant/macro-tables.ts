import type { JSONColumnType, Selectable } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './tables.ts'

/** Several things that are done to a conversation together. */
export interface MacrosTable {
  id: string
  name: string
  /** As the api package's act/schema.ts reads them. */
  acts: JSONColumnType<object[], string, string>
  created_at: Timestamp
}

/** A macro or a rule did something to a conversation, or was refused. */
export interface ActRunsTable {
  id: string
  source: 'macro' | 'rule'
  source_id: string
  /** As it was called then. */
  source_name: string
  conversation_id: string
  /** Who ran the macro; null for a rule. */
  actor_id: Nullable<string>
  /** What made it run: the same source runs once for each of them in a conversation. */
  trigger_key: string
  acts: JSONColumnType<object[], string, never>
  /** How the conversation stood before and after, so that it can be taken back; null where nothing was done. */
  was: JSONColumnType<object | null, string | null, never>
  became: JSONColumnType<object | null, string | null, never>
  /** The code of the error that kept it from doing anything. */
  refusal: Nullable<string>
  created_at: Timestamp
  undone_at: NullableTimestamp
}

export type ActRunRow = Selectable<ActRunsTable>
