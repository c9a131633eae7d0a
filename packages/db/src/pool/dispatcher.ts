import type { Closer } from './closer.ts'
import { exceedsBudget, gateView, type PoolContext } from './context.ts'
import type { Keeper } from './keeper.ts'
import type { Member } from './member.ts'
import { decide, mayStay, type Decision } from './scheduler.ts'
import type { TenantPool } from './tenant-pool.ts'
import type { LeaseClass } from './types.ts'
import type { Waiter } from './waiter.ts'

/** Carries out what the scheduler decides, until there is nothing left that can be done at once. */
export class Dispatcher {
  readonly #context: PoolContext
  readonly #keeper: Keeper
  readonly #closer: Closer
  #isPumping = false
  #isAskedAgain = false
  #isMomentSet = false

  constructor(context: PoolContext, keeper: Keeper, closer: Closer) {
    this.#context = context
    this.#keeper = keeper
    this.#closer = closer
  }

  pump(): void {
    if (this.#isPumping) {
      this.#isAskedAgain = true
      return
    }
    this.#isPumping = true
    do {
      this.#isAskedAgain = this.#letIn()
      for (let next = this.#decide(); next; next = this.#decide()) this.#act(next)
    } while (this.#isAskedAgain)
    this.#isPumping = false
  }

  /** One at a time: each takes what the next might have had. */
  #letIn(): boolean {
    const { gate, tenants } = this.#context
    const waiter = gate.waiting > 0 ? gate.next(gateView(this.#context)) : undefined
    if (waiter) tenants.enqueue(waiter)
    return waiter !== undefined
  }

  /** The common case without a queue: nobody waits (or not yet for this one), and a fresh connection of the tenant's own is idle. */
  takeAtOnce(tenant: TenantPool, leaseClass: LeaseClass): Member | undefined {
    const { tenants, idle, options, gate } = this.#context
    if (tenant.held >= options.tenantConnectionsMax) return undefined
    const last = tenant.idle.at(-1)
    if (!last || this.#keeper.needsPing(last)) return undefined
    if (tenants.waiters > 0 && !idle.isKept(last)) return undefined
    if (leaseClass !== 'interactive' && !gate.admits(leaseClass, gateView(this.#context))) return undefined
    idle.takeOwn(tenant)
    this.#lease(last)
    return last
  }

  /** Made ready for its tenant, which was chosen when that began; a waiter that has gone leaves it to the others. */
  ready(member: Member): void {
    const waiter = member.tenant.firstWaiter
    const now = this.#context.clock.now()
    member.turnSince = now
    if (this.#mustGo(member, now)) this.#closer.retire(member)
    else if (waiter && !waiter.wantsPermit) this.#grant(waiter, member)
    else this.#rest(member, now)
    this.#context.pump()
  }

  /** Free and clean: for the next of its tenant while its turn lasts, then for whoever is next. */
  free(member: Member, now = this.#context.clock.now()): void {
    const waiter = member.tenant.firstWaiter
    if (this.#mustGo(member, now)) this.#closer.retire(member)
    else if (waiter?.wantsPermit || !this.#mayStay(member, now)) this.#rest(member, now)
    else if (waiter) this.#goOn(waiter, member)
    else this.#keepForAMoment(member, now)
    this.#context.pump()
  }

  /** Who is granted a connection may give it back at once: that waits for the pump, or a long queue would nest as deep. */
  #goOn(waiter: Waiter, member: Member): void {
    this.#isPumping = true
    this.#grant(waiter, member)
    this.#isPumping = false
  }

  /**
   * Who was answered asks again within the moment, mostly, and nobody else has lost anything by then. Handed over at
   * once, the connection would have to be had back for each statement of one page.
   */
  #keepForAMoment(member: Member, now: number): void {
    const { idle, clock, tenants } = this.#context
    this.#rest(member, now)
    if (tenants.waiters === 0) return
    idle.keep(member)
    if (this.#isMomentSet) return
    this.#isMomentSet = true
    clock.soon(() => {
      this.#isMomentSet = false
      idle.keepNone()
      this.pump()
    })
  }

  #mayStay(member: Member, now: number): boolean {
    if (this.#isPumping) return false
    const { tenants, options, budget, turn } = this.#context
    const { tenant } = member
    const othersWait = tenants.waiting.size > (tenants.waiting.has(tenant) ? 1 : 0)
    // A turn begins when somebody else comes to wait.
    if (!othersWait) member.turnSince = now
    const { turnSince: since = now } = member
    const { tenantConnectionsMax, acquireTimeoutMs } = options
    const { waiting } = tenants
    const connectionsMax = budget.max
    const turnMs = turn.ms({ waiting: waiting.size, connectionsMax, acquireTimeoutMs })
    return mayStay({ tenant, since, now, turnMs, waiting, tenantConnectionsMax, connectionsMax })
  }

  #rest(member: Member, now: number): void {
    this.#context.idle.push(member, now)
  }

  #mustGo(member: Member, now: number): boolean {
    const { isClosing } = this.#context
    return (
      isClosing ||
      member.tenant.eviction !== undefined ||
      !member.link.isOpen ||
      member.user !== member.tenant.account.user ||
      now >= member.expiresAt ||
      exceedsBudget(this.#context)
    )
  }

  #decide(): Decision | undefined {
    const { tenants, idle, options, clock, budget } = this.#context
    const hasFreePermit = this.#keeper.mayOpen
    if (tenants.waiters === 0 || (!hasFreePermit && idle.size === 0)) return undefined
    return decide({
      now: clock.now(),
      waiting: tenants.waiting,
      hasFreePermit,
      hasIdle: idle.spare > 0,
      tenantConnectionsMax: options.tenantConnectionsMax,
      connectionsMax: budget.max,
    })
  }

  #act({ action, tenant }: Decision): void {
    if (action === 'lease') this.#serveOwn(tenant)
    else if (action === 'open') this.#open(tenant)
    else this.#takeFromOther(tenant)
  }

  #serveOwn(tenant: TenantPool): void {
    const member = this.#context.idle.takeOwn(tenant)
    const waiter = tenant.firstWaiter
    if (!member || !waiter) throw new Error('the scheduler decided on a connection that is not there')
    if (this.#keeper.needsPing(member)) void this.#keeper.check(member)
    else this.#grant(waiter, member)
  }

  #open(tenant: TenantPool): void {
    const { budget } = this.#context
    if (!budget.take()) throw new Error('the scheduler decided on a permit that is not there')
    const waiter = tenant.firstWaiter
    if (waiter?.wantsPermit) this.#grant(waiter, undefined)
    else void this.#keeper.open(tenant)
  }

  #takeFromOther(tenant: TenantPool): void {
    const member = this.#context.idle.takeLongestIdle()
    if (!member) throw new Error('the scheduler decided on a connection that is not there')
    if (tenant.firstWaiter?.wantsPermit || this.#isSuspect(tenant)) this.#closer.retireFor(member, tenant)
    else void this.#keeper.handoff(member, tenant)
  }

  /** MariaDB takes a second to refuse a handoff, and holds the connection; a login it refuses at once. */
  #isSuspect({ account }: TenantPool): boolean {
    return this.#context.breakers.isSuspect(account.id)
  }

  #grant(waiter: Waiter, member: Member | undefined): void {
    const { tenants, clock, emit } = this.#context
    if (!tenants.dequeue(waiter)) throw new Error('a waiter was served twice')
    const { tenant, label, since } = waiter
    const now = clock.now()
    tenant.turnlessSince = now
    emit({ type: 'served', tenant: tenant.account.label, label, waitedMs: now - since })
    if (member) this.#lease(member)
    else tenant.leased += 1
    waiter.grant(member)
  }

  #lease(member: Member): void {
    member.state = 'leased'
    member.tenant.leased += 1
  }
}
