import type { DatabaseError } from '../errors.ts'
import type { Admission } from './admission.ts'
import type { Closer } from './closer.ts'
import type { PoolContext } from './context.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { Housekeeper } from './housekeeper.ts'
import type { Keeper } from './keeper.ts'
import { Lease, type Holder } from './lease.ts'
import type { Member } from './member.ts'
import type { TenantPool } from './tenant-pool.ts'
import type { Scope, ScopeDesk, ScopeRequest } from './scope.ts'
import type { Waiter } from './waiter.ts'

interface DeskParts {
  admission: Admission
  dispatcher: Dispatcher
  keeper: Keeper
  closer: Closer
  housekeeper: Housekeeper
}

/** Where scopes take leases and give them back. */
export class LeaseDesk implements ScopeDesk {
  readonly #context: PoolContext
  readonly #parts: DeskParts

  constructor(context: PoolContext, parts: DeskParts) {
    this.#context = context
    this.#parts = parts
  }

  acquire(scope: Scope, { granted, refused }: ScopeRequest): Waiter | undefined {
    const { admission, dispatcher } = this.#parts
    const tenant = this.#context.tenants.of(scope.account)
    this.#context.counters.acquires += 1
    if (tenant.hasOldLogins) this.#retireOldLogins(tenant)
    const atOnce = dispatcher.takeAtOnce(tenant, scope.holder.class)
    if (atOnce) {
      granted(this.#makeLease(scope, atOnce))
      return undefined
    }
    return admission.admit({
      tenant,
      label: scope.holder.label,
      class: scope.holder.class,
      wantsPermit: false,
      timeoutMs: scope.timeoutMs,
      grant: (member) => member && granted(this.#makeLease(scope, member)),
      refuse: refused,
    })
  }

  #retireOldLogins(tenant: TenantPool): void {
    tenant.hasOldLogins = false
    const old = tenant.idle.filter(({ user }) => user !== tenant.account.user)
    for (const member of old) if (this.#context.idle.remove(member)) this.#parts.closer.retire(member)
  }

  leave(waiter: Waiter, error: DatabaseError): void {
    this.#parts.admission.turnAway(waiter, error)
  }

  endedEarly({ tenant, label }: Holder, leases: number): void {
    this.#context.emit({ type: 'scope-ended-early', tenant, label, leases })
  }

  releasedTwice({ holder }: Lease): void {
    this.#context.emit({ type: 'released-twice', tenant: holder.tenant, label: holder.label })
  }

  /** Clean: for whoever is next. Anything else is made clean or goes; nobody meets what another left behind. */
  takeBack(lease: Lease): void {
    const { dispatcher, keeper, closer, housekeeper } = this.#parts
    const { clock, options, gate } = this.#context
    const { member } = lease
    housekeeper.leases.delete(lease)
    const now = clock.now()
    options.onLeaseEnd?.(lease.holder, lease.takenAt, now)
    member.tenant.leased -= 1
    gate.returned(lease.holder.class)
    if (member.link.isRunning || !member.link.isOpen) closer.kill(member)
    else if (member.link.isClean) dispatcher.free(member, now)
    else void keeper.reset(member)
    this.#context.pump()
  }

  #makeLease(scope: Scope, member: Member): Lease {
    const { housekeeper } = this.#parts
    this.#context.gate.leased(scope.holder.class)
    const lease = new Lease(member, this.#context.clock.now(), scope)
    housekeeper.leases.add(lease)
    housekeeper.wake()
    return lease
  }
}
