import type { Generated, JSONColumnType, Selectable } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './tables.ts'

/** When something happens, if it is so, then do. */
export interface RulesTable {
  id: string
  name: string
  is_on: number
  /** They are looked at in this order, those with the same by id. */
  position: number
  /** As the api package's rule/schema.ts reads them. */
  happens: JSONColumnType<object, string, string>
  conditions: JSONColumnType<object[], string, string>
  acts: JSONColumnType<object[], string, string>
  /** Only what comes after this change is looked at: the moment it was switched on. */
  since_seq: number
  /** How far waiting conversations have been looked at, by when they began to wait and their id. */
  waited_at: Timestamp
  waited_id: Generated<string>
  /** When and in which conversation it did so much that it was switched off. */
  stopped_at: NullableTimestamp
  stopped_in: Nullable<string>
  created_at: Timestamp
}

/** One row: the last change that the rules have been asked about, and which process asks them. */
export interface RulePositionTable {
  id: number
  seq: number
  lease_owner: Nullable<string>
  lease_until: NullableTimestamp
}

export type RuleRow = Selectable<RulesTable>
