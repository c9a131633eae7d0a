import type { Nullable, NullableTimestamp, Timestamp } from './tables.ts'

/** The roles every tenant starts with; a role made by the owner has none of these. */
export type BuiltInRole = 'owner' | 'manager' | 'agent' | 'viewer'

export interface RolesTable {
  id: string
  name: string
  built_in: Nullable<BuiltInRole>
  /** The permissions that a built-in role's set was chosen from, with spaces between; null: none yet. */
  known_permissions: Nullable<string>
  created_at: Timestamp
  updated_at: Timestamp
}

export interface RolePermissionsTable {
  role_id: string
  /** `entity:action`; the closed list is in the api package. */
  permission: string
}

/** The tenant's view of a person: the user id of the control plane, a name to show, a role. */
export interface MembersTable {
  user_id: string
  role_id: string
  name: string
  email: string
  joined_at: Timestamp
  /** Kept after they left, so that what they wrote still has a name. */
  removed_at: NullableTimestamp
}
