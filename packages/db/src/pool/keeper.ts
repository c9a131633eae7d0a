import { TimedOut, within } from './clock.ts'
import type { Closer } from './closer.ts'
import type { PoolContext } from './context.ts'
import { loginOf } from './login.ts'
import type { Member } from './member.ts'
import { isAccountRefused, isTooManyConnections } from './server-error.ts'
import type { TenantPool } from './tenant-pool.ts'

const HANDOFF_TIMEOUT_MS = 2_000
const RESET_TIMEOUT_MS = 2_000
const PING_TIMEOUT_MS = 500
/** Idle for longer than this, a connection is pinged before use. */
export const PING_AFTER_IDLE_MS = 1_000
const LIFETIME_MS = 30 * 60_000
/** Connections live between 90 and 100 percent of the lifetime. */
const LIFETIME_JITTER = 0.1

export interface KeeperHooks {
  /** Made for this tenant: it goes to the tenant's first waiter, if one is still there, else it rests. */
  ready(member: Member): void
  /** Clean again: for whoever is next. */
  clean(member: Member): void
  /** The server does not let this account in: its waiters need not wait. */
  accountRefused(tenant: TenantPool, cause: unknown): void
  lost(member: Member): void
}

/** Makes connections fit for use: opens, hands over, resets, pings. Each of these takes a round trip or more. */
export class Keeper {
  readonly #context: PoolContext
  readonly #closer: Closer
  readonly #hooks: KeeperHooks

  constructor(context: PoolContext, closer: Closer, hooks: KeeperHooks) {
    this.#context = context
    this.#closer = closer
    this.#hooks = hooks
  }

  get mayOpen(): boolean {
    const { budget, pace, connecting } = this.#context
    return budget.hasFree && pace.mayOpen(connecting)
  }

  needsPing(member: Member): boolean {
    return this.#context.clock.now() - member.idleSince > PING_AFTER_IDLE_MS
  }

  /** The permit has been taken. */
  async open(tenant: TenantPool): Promise<void> {
    const context = this.#context
    tenant.preparing += 1
    context.connecting += 1
    try {
      const member = await this.#connect(tenant)
      context.members.add(member)
      context.counters.opens += 1
      context.pace.succeeded()
      tenant.preparing -= 1
      context.connecting -= 1
      this.#hooks.ready(member)
    } catch (error) {
      tenant.preparing -= 1
      context.connecting -= 1
      context.budget.give()
      this.#openFailed(tenant, error)
    }
  }

  /** Rule: a handoff that fails in any way destroys the connection, which may still be the previous tenant's. */
  async handoff(member: Member, tenant: TenantPool): Promise<void> {
    const { clock, counters } = this.#context
    member.state = 'turning'
    member.leaving = member.tenant
    member.tenant = tenant
    tenant.preparing += 1
    counters.handoffs += 1
    try {
      const change = async () => member.link.handoff(loginOf(tenant.account))
      await within(clock, { what: 'a handoff', ms: HANDOFF_TIMEOUT_MS }, change())
      this.#context.tenants.forgetIfEmpty(member.leaving)
      member.leaving = undefined
      tenant.preparing -= 1
      this.#hooks.ready(member)
    } catch (error) {
      tenant.preparing -= 1
      this.#context.emit({ type: 'handoff-failed', tenant: tenant.account.label, error })
      this.#closer.discard(member)
      if (isAccountRefused(error)) this.#hooks.accountRefused(tenant, error)
      this.#context.pump()
    }
  }

  /** An idle connection of the tenant's own, rested for long enough to have died unnoticed. */
  async check(member: Member): Promise<void> {
    const { clock, counters } = this.#context
    const { tenant } = member
    member.state = 'turning'
    tenant.preparing += 1
    tenant.checking += 1
    counters.pings += 1
    const isAlive = await within(clock, { what: 'a ping', ms: PING_TIMEOUT_MS }, member.link.ping()).then(
      () => true,
      (error: unknown) => this.#pingFailed(error),
    )
    tenant.preparing -= 1
    tenant.checking -= 1
    if (isAlive) return this.#hooks.ready(member)
    this.#closer.discard(member)
    this.#context.pump()
  }

  /** Returned with an open transaction or changed session state. */
  async reset(member: Member): Promise<void> {
    const { clock, counters } = this.#context
    member.state = 'turning'
    counters.resets += 1
    try {
      await within(clock, { what: 'a reset', ms: RESET_TIMEOUT_MS }, member.link.reset())
    } catch {
      this.#closer.discard(member)
      return
    }
    this.#hooks.clean(member)
  }

  async #connect(tenant: TenantPool): Promise<Member> {
    const { clock, driver } = this.#context
    let member: Member | undefined
    const link = await driver.open(loginOf(tenant.account), () => member && this.#hooks.lost(member))
    const openedAt = clock.now()
    const expiresAt = openedAt + LIFETIME_MS * (1 - LIFETIME_JITTER * clock.random())
    member = { link, openedAt, expiresAt, tenant, leaving: undefined, state: 'turning', idleSince: openedAt }
    return member
  }

  #openFailed(tenant: TenantPool, error: unknown): void {
    const context = this.#context
    context.emit({ type: 'open-failed', tenant: tenant.account.label, error })
    if (isAccountRefused(error)) this.#hooks.accountRefused(tenant, error)
    else this.#waitItOut(error)
    context.tenants.forgetIfEmpty(tenant)
    context.pump()
  }

  #waitItOut(error: unknown): void {
    const { pace, budget, clock, emit } = this.#context
    const pauseMs = pace.failed(error)
    if (isTooManyConnections(error)) {
      budget.shrink(pauseMs)
      emit({ type: 'budget-shrunk', limit: budget.limit, forMs: pauseMs })
    }
    clock.after(pauseMs, () => this.#context.pump())
  }

  /** Silence is catching: what has rested as long over the same network is not tried one by one. */
  #pingFailed(error: unknown): false {
    if (!(error instanceof TimedOut)) return false
    const { idle } = this.#context
    for (const member of idle.list()) {
      if (this.needsPing(member) && idle.remove(member)) this.#closer.discard(member)
    }
    return false
  }
}
