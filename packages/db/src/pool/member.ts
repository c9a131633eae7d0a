import type { Link } from './driver.ts'
import type { TenantPool } from './tenant-pool.ts'

/**
 * A physical connection of the pool. Exactly one part has it at a time: the idle stacks, a lease, the keeper
 * (turning: handoff, reset, ping), or the closer.
 */
export interface Member {
  readonly link: Link
  readonly openedAt: number
  /** Lifetime with jitter, so that connections opened together do not all go together. */
  readonly expiresAt: number
  tenant: TenantPool
  /** Whom it is logged in as; the tenant's account may have been changed since. */
  user: string
  /** During a handoff: who the server may still take it for. */
  leaving: TenantPool | undefined
  state: 'idle' | 'leased' | 'turning' | 'closing'
  idleSince: number
  /** Since when it has served its tenant while others waited; set before the first lease. */
  turnSince?: number
}
