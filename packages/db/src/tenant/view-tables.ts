import type { Generated, JSONColumnType, Selectable } from 'kysely'
import type { NullableTimestamp, Timestamp } from './tables.ts'

/** Which list a view is of. */
export type ViewKind = 'customer' | 'conversation'

/** A list as somebody wants to find it again: which rows, in which order, with which columns. */
export interface SavedViewsTable {
  id: string
  kind: ViewKind
  /** Whose it is; of a shared one, who made it. */
  owner_id: string
  /** 1: everybody who may read the list has it. */
  is_shared: Generated<number>
  name: string
  /** What the kind's schema in the api package reads. */
  content: JSONColumnType<object, string, string>
  /** Counts changes; one that was made against an older version is refused. */
  version: Generated<number>
  /** Kept for a while, so that the deletion can be undone. */
  deleted_at: NullableTimestamp
  created_at: Timestamp
  updated_at: Timestamp
}

export type SavedViewRow = Selectable<SavedViewsTable>

/** The columns in which a member wants to see the customers; no row: the usual ones. */
export interface CustomerColumnsTable {
  user_id: string
  columns: JSONColumnType<string[], string, string>
  updated_at: Timestamp
}
