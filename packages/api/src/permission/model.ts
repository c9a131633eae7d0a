import type { BuiltInRole } from '@sarai/db'
import type { Permission } from './schema.ts'

/** A role as it crosses the wire. */
export interface Role {
  id: string
  name: string
  /** null: made in this tenant. */
  builtIn: BuiltInRole | null
  permissions: Permission[]
  memberCount: number
  createdAt: string
  updatedAt: string
}

/** Somebody who may enter the tenant. */
export interface Member {
  userId: string
  name: string
  email: string
  role: { id: string; name: string; builtIn: BuiltInRole | null }
  joinedAt: string
}
