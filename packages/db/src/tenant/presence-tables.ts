import type { JSONColumnType } from 'kysely'
import type { Timestamp } from './tables.ts'

/** Who is there, as one process knows it: a row each, written anew as a whole. No history, and nothing that matters tomorrow. */
export interface PresenceBoardsTable {
  process_id: string
  board: JSONColumnType<object, string, string>
  /** By the database's clock. Older than the api package's PRESENCE_DEAD_MS: its process is gone. */
  written_at: Timestamp
}
