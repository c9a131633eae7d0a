import { DatabaseError } from '../errors.ts'
import { gateView, type PoolContext } from './context.ts'
import { DOWN_AFTER_MS } from './open-pace.ts'
import type { TenantPool } from './tenant-pool.ts'
import type { LeaseClass, PoolStats, RefusalReason } from './types.ts'
import type { Waiter } from './waiter.ts'

/** When a refused caller may try again: long enough for a queue to move, jittered so that they do not come together. */
const RETRY_AFTER_MIN_MS = 250
const RETRY_AFTER_JITTER_MS = 250
/** When thousands are refused at once, they share a picture of who held what. */
const SNAPSHOT_AGE_MS = 50
const LEAVING = 'its connections are being closed'

export interface WaitRequest {
  tenant: TenantPool
  label: string
  class: LeaseClass
  wantsPermit: boolean
  timeoutMs: number
  grant: Waiter['grant']
  refuse: Waiter['refuse']
}

/** Who may queue, for how long, and what those are told who get nothing. */
export class Admission {
  readonly #context: PoolContext
  readonly #stats: () => PoolStats
  #last: { at: number; stats: PoolStats } | undefined

  constructor(context: PoolContext, stats: () => PoolStats) {
    this.#context = context
    this.#stats = stats
  }

  /** Refuses at once or queues. The waiter may have been served already when this returns. */
  admit(request: WaitRequest): Waiter | undefined {
    const broken = this.#brokenCircuit(request)
    if (broken) {
      // Not in the same turn: a caller that tries again at once must not keep everybody else from being heard.
      this.#context.clock.after(0, () => request.refuse(broken))
      this.#context.tenants.forgetIfEmpty(request.tenant)
      return undefined
    }
    const refusal = this.#refusal(request)
    if (refusal) {
      request.refuse(refusal)
      this.#context.tenants.forgetIfEmpty(request.tenant)
      return undefined
    }
    const waiter = this.#enqueue(request)
    this.#context.pump()
    return waiter
  }

  /** Takes a waiter out of the queue with an error, if it is still there. */
  turnAway(waiter: Waiter, error: DatabaseError): void {
    const { tenants } = this.#context
    if (!this.#takeOut(waiter)) return
    waiter.refuse(error)
    tenants.forgetIfEmpty(waiter.tenant)
    this.#context.pump()
  }

  /** The server does not let the account in, so waiting would not help. */
  refuseAccount(tenant: TenantPool, cause: unknown): void {
    tenant.isProved = false
    const { label, id } = tenant.account
    const forMs = this.#context.breakers.refused(id, cause)
    if (forMs > 0) this.#context.emit({ type: 'breaker-opened', tenant: label, forMs, error: cause })
    const message = `the server does not let the account of ${label} in`
    this.#turnAwayAll(
      tenant,
      () => new DatabaseError('TENANT_UNREACHABLE', message, { tenant: label, cause }),
    )
  }

  /** The tenant's connections are being closed. */
  refuseLeaving(tenant: TenantPool): void {
    this.#turnAwayAll(tenant, () => this.#busy({ tenant }, LEAVING))
  }

  /** The pool is closing. */
  refuseEverybody(): void {
    for (const tenant of [...this.#context.tenants.all()]) this.#turnAwayAll(tenant, () => closing(tenant))
  }

  /** Looks who is next only when all are out: until then some of them would be. */
  #turnAwayAll(tenant: TenantPool, error: () => DatabaseError): void {
    const { tenants } = this.#context
    const all = [...tenant.waiters, ...tenant.parked]
    for (const waiter of all) if (this.#takeOut(waiter)) waiter.refuse(error())
    tenants.forgetIfEmpty(tenant)
    this.#context.pump()
  }

  #takeOut(waiter: Waiter): boolean {
    if (this.#context.tenants.dequeue(waiter)) return true
    if (!this.#context.gate.unpark(waiter)) return false
    waiter.cancelDeadline()
    return true
  }

  #refusal(request: WaitRequest): DatabaseError | undefined {
    const { isClosing, options, tenants, gate } = this.#context
    const { tenant } = request
    if (isClosing) return closing(tenant)
    if (tenant.eviction) return this.#busy(request, LEAVING)
    const tenantQueueMax = tenant.account.isShared ? Infinity : options.tenantQueueMax
    if (tenant.waiters.size + tenant.parked.size >= tenantQueueMax)
      return this.#refused(request, 'tenant-queue-full', 0)
    if (tenants.waiters + gate.waiting >= options.queueMax) return this.#refused(request, 'queue-full', 0)
    return undefined
  }

  /** Open: nobody tries. Half-open: one does, and whoever comes meanwhile is told at once. */
  #brokenCircuit(request: WaitRequest): DatabaseError | undefined {
    const { breakers, pace, isClosing } = this.#context
    const { tenant } = request
    if (isClosing || tenant.eviction) return undefined
    const broken = breakers.look(
      tenant.account.id,
      tenant.waiters.size + tenant.parked.size + tenant.preparing > 0,
    )
    if (broken) {
      const { label } = tenant.account
      const why = `the server does not let the account of ${label} in; nobody tries for a while`
      return this.#broken(request, { reason: 'account-refused', why, ...broken })
    }
    if (!this.#isServerDown()) return undefined
    const why = `no connection to the server for more than ${DOWN_AFTER_MS} ms`
    return this.#broken(request, { reason: 'server-down', why, cause: pace.lastError, forMs: pace.waitMs })
  }

  /** Whoever holds a connection may give it back; only if nobody does is there nothing to wait for. */
  #isServerDown(): boolean {
    const { pace, tenants, gate, members, connecting } = this.#context
    if (!pace.isDown) return false
    for (const { state } of members) if (state !== 'closing') return false
    return connecting > 0 || tenants.waiters + gate.waiting > 0 || pace.waitMs > 0
  }

  #broken(
    request: WaitRequest,
    { reason, why, cause, forMs }: { reason: RefusalReason; why: string; cause: unknown; forMs: number },
  ): DatabaseError {
    this.#noteRefused(request, { reason, waitedMs: 0 })
    const details = this.#details(request)
    const code = reason === 'account-refused' ? 'TENANT_UNREACHABLE' : 'SERVER_UNAVAILABLE'
    const retryAfterMs = Math.ceil(forMs + details.retryAfterMs)
    return new DatabaseError(code, why, { ...details, retryAfterMs, cause })
  }

  #noteRefused(request: WaitRequest, refusal: { reason: RefusalReason; waitedMs: number }): void {
    const { counters, emit } = this.#context
    counters.refused += 1
    emit({ type: 'refused', tenant: request.tenant.account.label, label: request.label, ...refusal })
  }

  #enqueue(request: WaitRequest): Waiter {
    const { clock, tenants, gate } = this.#context
    const since = clock.now()
    const { tenant, label, class: leaseClass, wantsPermit, timeoutMs, grant, refuse } = request
    const expire = () => this.turnAway(waiter, this.#refused(request, 'deadline', clock.now() - since))
    const cancelDeadline = clock.after(timeoutMs, expire)
    const waiter: Waiter = {
      tenant,
      label,
      class: leaseClass,
      wantsPermit,
      since,
      cancelDeadline,
      grant,
      refuse,
    }
    if (gate.admits(leaseClass, gateView(this.#context))) tenants.enqueue(waiter)
    else gate.park(waiter)
    return waiter
  }

  #snapshot(): PoolStats {
    const now = this.#context.clock.now()
    if (!this.#last || now - this.#last.at > SNAPSHOT_AGE_MS) this.#last = { at: now, stats: this.#stats() }
    return this.#last.stats
  }

  #refused(request: WaitRequest, reason: RefusalReason, waitedMs: number): DatabaseError {
    const { pace } = this.#context
    this.#noteRefused(request, { reason, waitedMs })
    if (pace.lastError === undefined || reason !== 'deadline') {
      return this.#busy(request, explain(request.tenant, reason, waitedMs))
    }
    return new DatabaseError('SERVER_UNAVAILABLE', `no connection after ${Math.round(waitedMs)} ms`, {
      ...this.#details(request),
      cause: pace.lastError,
    })
  }

  #busy(request: Pick<WaitRequest, 'tenant'>, why: string): DatabaseError {
    return new DatabaseError('TENANT_BUSY', `${request.tenant.account.label}: ${why}`, this.#details(request))
  }

  #details({ tenant }: Pick<WaitRequest, 'tenant'>) {
    const retryAfterMs = Math.ceil(RETRY_AFTER_MIN_MS + this.#context.clock.random() * RETRY_AFTER_JITTER_MS)
    return { tenant: tenant.account.label, retryAfterMs, stats: this.#snapshot() }
  }
}

function closing(tenant: TenantPool): DatabaseError {
  return new DatabaseError('CLOSED', 'the pool is closing', { tenant: tenant.account.label })
}

function explain(tenant: TenantPool, reason: RefusalReason, waitedMs: number): string {
  if (reason === 'queue-full') return 'too many callers wait for this server'
  if (reason === 'tenant-queue-full') return 'too many callers of this tenant wait'
  return `no connection after ${Math.round(waitedMs)} ms; the tenant holds ${tenant.leased} itself`
}
