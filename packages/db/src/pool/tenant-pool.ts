import type { Member } from './member.ts'
import type { Account } from './types.ts'
import type { Waiter } from './waiter.ts'

/** One account's share at this moment: what it holds, what it could have at once, and who waits. */
export class TenantPool {
  /** The newest that was named: a password may have changed since the connections were opened. */
  account: Account
  /** Last used last. */
  readonly idle: Member[] = []
  /** First come first. A Set, because waiters leave from the middle. */
  readonly waiters = new Set<Waiter>()
  /** Those who stand outside the queue until it is their class's turn; see ClassGate. */
  readonly parked = new Set<Waiter>()
  /** Connections in whatever state that the server may know as this account's. */
  members = 0
  /** When it was served last, or came to wait if that was later: between equals, who has waited longest for a turn. */
  turnlessSince = 0
  leased = 0
  /** Being opened, handed over or checked for this tenant. */
  preparing = 0
  /** Of those, being opened. */
  opening = 0
  /** Of those, idle connections of its own that are pinged before use. */
  checking = 0
  /** The server has let the account in. Until then one connection tries, not one for each waiter. */
  isProved = false
  /** Its login has changed: idle connections of the old one are to be closed. */
  hasOldLogins = false
  /** The server lets it have no more for a moment; what it has goes on serving it. */
  isFenced = false
  /** While it lasts nothing new is admitted, and what comes back is closed. */
  eviction: Promise<void> | undefined

  constructor(account: Account) {
    this.account = account
  }

  get held(): number {
    return this.leased + this.preparing
  }

  /** Waiters for whom nothing is on its way yet. */
  get unmet(): number {
    return this.waiters.size - this.preparing
  }

  /** Whether one more connection should be made ready for it. */
  get isInNeed(): boolean {
    return this.unmet > 0 && !this.isFenced && (this.isProved || this.preparing === 0)
  }

  get firstWaiter(): Waiter | undefined {
    const [first] = this.waiters
    return first
  }

  get isEmpty(): boolean {
    return (
      this.held === 0 &&
      this.members === 0 &&
      this.waiters.size === 0 &&
      this.parked.size === 0 &&
      !this.eviction
    )
  }
}
