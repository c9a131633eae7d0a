import type { Timestamp } from './tables.ts'

/** Members who share conversations. */
export interface TeamsTable {
  id: string
  name: string
  created_at: Timestamp
}

export interface TeamMembersTable {
  team_id: string
  user_id: string
}
