import type { ClassGate } from './class-gate.ts'
import { TenantPool } from './tenant-pool.ts'
import type { Account } from './types.ts'
import type { Waiter } from './waiter.ts'

/** The tenants that hold or want something now. Others cost nothing: they are not here. */
export class TenantPools {
  readonly #byId = new Map<string, TenantPool>()
  readonly #waiting = new Set<TenantPool>()
  readonly #gate: ClassGate
  #waiters = 0

  constructor(gate: ClassGate) {
    this.#gate = gate
  }

  get waiting(): ReadonlySet<TenantPool> {
    return this.#waiting
  }

  get waiters(): number {
    return this.#waiters
  }

  of(account: Account): TenantPool {
    const known = this.#byId.get(account.id)
    if (known) {
      adopt(known, account)
      return known
    }
    const made = new TenantPool(account)
    this.#byId.set(account.id, made)
    return made
  }

  find(accountId: string): TenantPool | undefined {
    return this.#byId.get(accountId)
  }

  all(): Iterable<TenantPool> {
    return this.#byId.values()
  }

  enqueue(waiter: Waiter): void {
    if (waiter.tenant.waiters.size === 0) waiter.tenant.turnlessSince = waiter.since
    waiter.tenant.waiters.add(waiter)
    this.#waiting.add(waiter.tenant)
    this.#waiters += 1
    this.#gate.entered(waiter.class)
  }

  /** True for the one who takes it out: what follows happens once. */
  dequeue(waiter: Waiter): boolean {
    const { tenant } = waiter
    if (!tenant.waiters.delete(waiter)) return false
    this.#waiters -= 1
    this.#gate.leftQueue(waiter.class)
    if (tenant.waiters.size === 0) this.#waiting.delete(tenant)
    waiter.cancelDeadline()
    return true
  }

  forgetIfEmpty(tenant: TenantPool): void {
    if (tenant.isEmpty && this.find(tenant.account.id) === tenant) this.#byId.delete(tenant.account.id)
  }
}

/** Who still names the older of two logins has looked it up before the change: what is opened next goes by the newer. */
function adopt(tenant: TenantPool, account: Account): void {
  const { version = 0, user } = tenant.account
  if ((account.version ?? 0) < version) return
  if (account.user !== user) tenant.hasOldLogins = true
  tenant.account = account
}
