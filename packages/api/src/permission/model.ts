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

/** An invitation that is open; one that is too old is listed until it is sent again or revoked. */
export interface Invitation {
  id: string
  email: string
  role: { id: string; name: string; builtIn: BuiltInRole | null }
  /** null: they have left. */
  invitedBy: string | null
  createdAt: string
  expiresAt: string
  isTooOld: boolean
}

/** `link` is said once; null when it went by mail and need not be passed on. */
export interface SentInvitation {
  invitation: Invitation
  delivery: 'sent' | 'failed' | 'by-hand'
  link: string | null
}

/** What a link shows to whoever holds it. */
export interface InvitationPreview {
  workspace: string
  email: string
  invitedBy: string | null
  role: string
}

/** Somebody who may enter the tenant. */
export interface Member {
  userId: string
  name: string
  email: string
  role: { id: string; name: string; builtIn: BuiltInRole | null }
  joinedAt: string
}

/** A key of the tenant, never the secret in it. */
export interface ApiKey {
  id: string
  name: string
  /** Its first and last characters. */
  hint: string
  permissions: Permission[]
  /** null: they have left, and the key works no more. */
  createdBy: string | null
  createdAt: string
  expiresAt: string | null
  /** To within five minutes; null: never. */
  lastUsedAt: string | null
  isOver: boolean
}
