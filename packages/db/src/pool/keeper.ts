import { COUNTED_AFTER_CLOSE_MS, UNSEEN_MS } from './budget.ts'
import { TimedOut, within } from './clock.ts'
import type { Closer } from './closer.ts'
import type { PoolContext } from './context.ts'
import { loginOf } from './login.ts'
import type { Member } from './member.ts'
import {
  isAccountFull,
  isAccountRefused,
  isAnswer,
  isNobodyListening,
  isTooManyConnections,
} from './server-error.ts'
import type { TenantPool } from './tenant-pool.ts'

const HANDOFF_TIMEOUT_MS = 2_000
const RESET_TIMEOUT_MS = 2_000
const PING_TIMEOUT_MS = 500
/** Idle for longer than this, a connection is pinged before use. */
export const PING_AFTER_IDLE_MS = 1_000
const LIFETIME_MS = 30 * 60_000
/** Connections live between 90 and 100 percent of the lifetime. */
const LIFETIME_JITTER = 0.1

/** The account holds all that the server lets it have, here or in other processes. */
const FENCED_MS = 100
const FENCED_JITTER = 0.5

export interface KeeperHooks {
  /** Made for this tenant: it goes to the tenant's first waiter, if one is still there, else it rests. */
  ready(member: Member): void
  /** Clean again: for whoever is next. */
  clean(member: Member): void
  /** The server does not let this account in: its waiters need not wait. */
  accountRefused(tenant: TenantPool, cause: unknown): void
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
    tenant.opening += 1
    context.connecting += 1
    const opened = await this.#connect(tenant).catch((error: unknown) => ({ error }))
    tenant.opening -= 1
    context.connecting -= 1
    if ('error' in opened) {
      tenant.preparing -= 1
      this.#giveBack(opened.error)
      this.#openFailed(tenant, opened.error)
      return
    }
    const failure = await this.#prove(opened).catch((error: unknown) => ({ error }))
    tenant.preparing -= 1
    if (failure) {
      this.#closer.kill(opened)
      this.#openFailed(tenant, failure.error)
      return
    }
    context.counters.opens += 1
    context.pace.succeeded()
    this.#letIn(tenant)
    this.#hooks.ready(opened)
  }

  /** Rule: a handoff that fails in any way destroys the connection, which may still be the previous tenant's. */
  async handoff(member: Member, tenant: TenantPool): Promise<void> {
    const { tenants, counters, clock, turn } = this.#context
    const previous = member.tenant
    member.state = 'turning'
    member.leaving = previous
    member.tenant = tenant
    tenant.members += 1
    tenant.preparing += 1
    counters.handoffs += 1
    const since = clock.now()
    const failure = await this.#changeUser(member).catch((error: unknown) => ({ error }))
    tenant.preparing -= 1
    if (failure) {
      this.#handoffFailed(member, failure.error)
      return
    }
    turn.noteHandoff(clock.now() - since)
    this.#letIn(tenant)
    member.leaving = undefined
    previous.members -= 1
    tenants.forgetIfEmpty(previous)
    this.#hooks.ready(member)
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
      (error: unknown) => this.#pingFailed(member, error),
    )
    tenant.preparing -= 1
    tenant.checking -= 1
    if (isAlive) this.#hooks.ready(member)
    else this.#context.pump()
  }

  /** Returned with an open transaction or changed session state. */
  async reset(member: Member): Promise<void> {
    const { clock, counters } = this.#context
    member.state = 'turning'
    counters.resets += 1
    try {
      await within(clock, { what: 'a reset', ms: RESET_TIMEOUT_MS }, member.link.reset())
    } catch {
      this.#closer.kill(member)
      return
    }
    this.#hooks.clean(member)
  }

  async #connect(tenant: TenantPool): Promise<Member> {
    const { clock, driver, members } = this.#context
    const made: { member?: Member } = {}
    const login = loginOf(tenant.account)
    const link = await driver.open(login, () => made.member && this.#lost(made.member))
    const now = clock.now()
    const expiresAt = now + LIFETIME_MS * (1 - LIFETIME_JITTER * clock.random())
    made.member = {
      link,
      openedAt: now,
      expiresAt,
      tenant,
      user: login.user,
      leaving: undefined,
      state: 'turning',
      idleSince: now,
    }
    members.add(made.member)
    tenant.members += 1
    return made.member
  }

  async #prove(member: Member): Promise<undefined> {
    const login = { user: member.user, database: member.tenant.account.database }
    await within(this.#context.clock, { what: 'a proof', ms: HANDOFF_TIMEOUT_MS }, member.link.prove(login))
  }

  async #changeUser(member: Member): Promise<undefined> {
    const login = loginOf(member.tenant.account)
    member.user = login.user
    await within(
      this.#context.clock,
      { what: 'a handoff', ms: HANDOFF_TIMEOUT_MS },
      member.link.handoff(login),
    )
  }

  #letIn(tenant: TenantPool): void {
    tenant.isProved = true
    this.#context.breakers.forget(tenant.account.id)
  }

  #handoffFailed(member: Member, error: unknown): void {
    const { tenant } = member
    this.#context.emit({ type: 'handoff-failed', tenant: tenant.account.label, error })
    this.#closer.kill(member)
    if (isAccountRefused(error)) this.#hooks.accountRefused(tenant, error)
    else if (isAccountFull(error)) this.#fence(tenant)
    this.#context.pump()
  }

  /** Told by the wire. Whoever has it finds out by itself; an idle one has nobody who would. */
  #lost(member: Member): void {
    const { idle, counters, emit } = this.#context
    if (member.state === 'closing') return
    counters.lost += 1
    emit({
      type: 'connection-lost',
      tenant: member.tenant.account.label,
      wasLeased: member.state === 'leased',
    })
    if (member.state === 'idle' && idle.remove(member)) this.#closer.kill(member)
  }

  #openFailed(tenant: TenantPool, error: unknown): void {
    const context = this.#context
    context.emit({ type: 'open-failed', tenant: tenant.account.label, error })
    if (isAccountRefused(error)) this.#hooks.accountRefused(tenant, error)
    else if (isAccountFull(error)) this.#fence(tenant)
    else this.#waitItOut(error)
    context.tenants.forgetIfEmpty(tenant)
    context.pump()
  }

  /**
   * Of a connection that never came to be: at once if the server never had it, else when it counts it no more. A login
   * that broke off has a thread that nobody can look for: it has no number yet, or no account.
   */
  #giveBack(error: unknown): void {
    const { budget, clock } = this.#context
    if (isTooManyConnections(error) || isNobodyListening(error)) {
      budget.give()
      return
    }
    this.#context.lettingGo += 1
    clock.after(isAnswer(error) ? COUNTED_AFTER_CLOSE_MS : UNSEEN_MS, () => {
      this.#context.lettingGo -= 1
      budget.give()
      this.#context.pump()
    })
  }

  /** Its own affair, not the server's: it waits, and everybody else is served. */
  #fence(tenant: TenantPool): void {
    const { clock } = this.#context
    tenant.isFenced = true
    clock.after(FENCED_MS * (1 - FENCED_JITTER * clock.random()), () => {
      tenant.isFenced = false
      this.#context.pump()
    })
  }

  #waitItOut(error: unknown): void {
    const { pace, budget, clock, emit } = this.#context
    const pauseMs = pace.failed(error)
    if (isTooManyConnections(error)) {
      budget.shrink(pauseMs)
      emit({ type: 'budget-shrunk', limit: budget.limit, forMs: pauseMs })
    }
    // A timer may fire a fraction early, and nobody would look again.
    clock.after(Math.ceil(pauseMs) + 1, () => this.#context.pump())
  }

  /** Silence is catching: what has rested as long over the same network is not tried one by one. */
  #pingFailed(member: Member, error: unknown): false {
    this.#closer.kill(member)
    if (!(error instanceof TimedOut)) return false
    const { idle } = this.#context
    for (const other of idle.list()) if (this.needsPing(other) && idle.remove(other)) this.#closer.kill(other)
    return false
  }
}
