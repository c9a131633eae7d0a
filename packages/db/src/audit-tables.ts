import type { Nullable, Timestamp } from './tenant/tables.ts'

/** Who did what to which thing, from where; the same in the control plane and in every tenant. Rows are only added. */
export interface AuditLogTable {
  /** UUIDv7: sorts by time. */
  id: string
  at: Timestamp
  actor_kind: 'user' | 'api-key' | 'system'
  actor_id: Nullable<string>
  /** As they were called then. */
  actor_name: string
  /** `entity.verb`; the closed list is in the api package. */
  action: string
  entity_id: Nullable<string>
  entity_name: Nullable<string>
  /** JSON: what was before and after, without secrets. */
  details: Nullable<string>
  address: Nullable<string>
  user_agent: Nullable<string>
  request_id: Nullable<string>
}
