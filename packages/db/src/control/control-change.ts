import type { TenantStatus } from '../master/tables.ts'

/**
 * Something that was changed in the control plane and that other processes may know otherwise. It says what to look at
 * again, not what is true now: by the time it is heard there may have been another. A kind that a process does not
 * know comes from a newer one and is ignored.
 */
export type ControlChange =
  /** A tenant was made, opened, closed, moved, renamed or deleted; or how to log in to its database has changed. */
  | { kind: 'tenant.changed'; tenantId: string; tenantKey: string; status: TenantStatus | 'deleted' }
  /** Somebody came into a tenant, left it, or has another role there. */
  | { kind: 'membership.changed'; tenantId: string; userId: string }
  /** What a role of the tenant allows has changed. */
  | { kind: 'role.changed'; tenantId: string }
  /** One session is over. */
  | { kind: 'session.revoked'; sessionId: string; userId: string }
  /** A person was removed, or their password, their operator's right or all of their sessions have changed. */
  | { kind: 'person.changed'; userId: string }

/** What a listener is told. */
export type ControlNotice =
  | ControlChange
  /** Changes were missed: whatever is remembered of the control plane may be wrong. */
  | { kind: 'everything.changed' }

/** Called synchronously; must not throw: that is logged and nothing else. */
export type ControlListener = (notice: ControlNotice, from: 'here' | 'elsewhere') => void

/** Says what a transaction has changed: heard by every process after its commit, by none if it is rolled back. */
export type Announce = (change: ControlChange) => void
