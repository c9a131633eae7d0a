import type { NullableTimestamp, Timestamp } from './tables.ts'

/** One row: whether conversations that wait for nobody in particular are handed out. */
export interface AssignmentRuleTable {
  id: number
  /** 0 until somebody switches it on. */
  is_on: number
  updated_at: Timestamp
}

/** Who is handed conversations. */
export interface AssignmentAgentsTable {
  user_id: string
  /** Open conversations, with which no more are handed to them. */
  capacity: number
  last_assigned_at: NullableTimestamp
}
