import type { DatabaseError } from '../errors.ts'
import type { Cancel } from './clock.ts'
import type { Member } from './member.ts'
import type { TenantPool } from './tenant-pool.ts'
import type { LeaseClass } from './types.ts'

/** A queued acquire. It stays in the queue until one of `grant` and `refuse` is called, once. */
export interface Waiter {
  readonly tenant: TenantPool
  readonly label: string
  readonly class: LeaseClass
  /** A permit alone is wanted, for a connection that somebody else opens. */
  readonly wantsPermit: boolean
  readonly since: number
  /** The deadline is absolute: one timer, started by the first call, whatever happens on the way. */
  cancelDeadline: Cancel
  /** undefined only if a permit was wanted. */
  grant(member: Member | undefined): void
  refuse(error: DatabaseError): void
}
