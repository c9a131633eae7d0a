import type { Generated } from 'kysely'
import type { Timestamp } from './tables.ts'

/** What conversations are sorted by, of the tenant's own making. */
export interface LabelsTable {
  id: string
  name: string
  /** One of the names in the api package's label/schema.ts. */
  color: Generated<string>
  created_at: Timestamp
}

export interface ConversationLabelsTable {
  conversation_id: string
  label_id: string
}
