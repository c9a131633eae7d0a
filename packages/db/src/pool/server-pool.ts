import { DatabaseError } from '../errors.ts'
import { Admission, type WaitRequest } from './admission.ts'
import { Budget } from './budget.ts'
import { pause, systemClock, type Clock } from './clock.ts'
import { Closer } from './closer.ts'
import type { PoolContext } from './context.ts'
import { Dispatcher } from './dispatcher.ts'
import type { Driver } from './driver.ts'
import { Housekeeper } from './housekeeper.ts'
import { IdleStacks } from './idle-stacks.ts'
import { Keeper } from './keeper.ts'
import { Killer } from './killer.ts'
import { Lease, type LeaseHooks } from './lease.ts'
import type { Member } from './member.ts'
import { mysqlDriver } from './mysql-link.ts'
import { OpenPace } from './open-pace.ts'
import { takeStats } from './pool-stats.ts'
import { Scope, type ScopeDesk } from './scope.ts'
import type { TenantPool } from './tenant-pool.ts'
import { TenantPools } from './tenant-pools.ts'
import type { Account, PermitOptions, PoolOptions, PoolScope, PoolScopeOptions, PoolStats } from './types.ts'
import type { Waiter } from './waiter.ts'

const CLOSE_GRACE_MS = 5_000
/** After the grace: how long the server may take to let go of what was ended. */
const CLOSE_BOUND_MS = 5_000
/** Before DROP DATABASE or after a suspension, running work may finish for so long. */
const EVICT_GRACE_MS = 1_000
const POLL_MS = 5

/** Those who want a permit alone compete as one tenant. */
const PERMIT_ACCOUNT: Account = {
  id: '(permit)',
  label: '(permit)',
  user: '',
  database: '',
  password: () => '',
}

/** For tests: time and the wire. */
export interface PoolParts {
  clock?: Clock
  driver?: Driver
}

/**
 * All connections of this process to one server, under one budget, whichever tenant uses them.
 *
 * @example
 * const pool = new ServerPool(options)
 * const scope = pool.scope(account, { signal, label: 'customer.list' })
 * const db = new Kysely<Tables>({ dialect: new MysqlDialect({ pool: scope.pool }) })
 * try { await db.selectFrom('customers').selectAll().execute() } finally { await scope.end() }
 *
 * @throws RangeError if `connectionsMax` is below 2.
 */
export class ServerPool {
  readonly #context: PoolContext
  readonly #closer: Closer
  readonly #killer: Killer
  readonly #keeper: Keeper
  readonly #dispatcher: Dispatcher
  readonly #admission: Admission
  readonly #housekeeper: Housekeeper
  readonly #leaseHooks: LeaseHooks
  readonly #desk: ScopeDesk

  constructor(options: PoolOptions, parts: PoolParts = {}) {
    this.#context = this.#makeContext(options, parts)
    this.#killer = new Killer(this.#context)
    this.#closer = new Closer(this.#context, this.#killer)
    this.#keeper = new Keeper(this.#context, this.#closer, {
      ready: (member) => this.#dispatcher.ready(member),
      clean: (member) => this.#dispatcher.free(member),
      accountRefused: (tenant, cause) =>
        this.#admission.turnAwayAll(tenant, () => this.#admission.unreachable(tenant, cause)),
      lost: (member) => this.#lost(member),
    })
    this.#dispatcher = new Dispatcher(this.#context, this.#keeper, this.#closer)
    this.#admission = new Admission(this.#context, () => this.stats())
    this.#housekeeper = new Housekeeper(this.#context, this.#closer)
    this.#leaseHooks = {
      returned: (lease) => this.#returned(lease),
      releasedTwice: ({ holder }) =>
        this.#context.emit({ type: 'released-twice', tenant: holder.tenant, label: holder.label }),
    }
    this.#desk = {
      acquire: (scope, granted, refused) => this.#acquire(scope, granted, refused),
      leave: (waiter, error) => this.#admission.turnAway(waiter, error),
      endedEarly: ({ holder }, leases) =>
        this.#context.emit({ type: 'scope-ended-early', tenant: holder.tenant, label: holder.label, leases }),
    }
  }

  /**
   * The way to an account's connections for one piece of work. Takes nothing yet: Kysely takes a lease for each
   * statement, or for the length of a transaction or of `db.connection().execute()`.
   *
   * What `getConnection` may fail with: TENANT_BUSY (queue full or deadline; `retryAfterMs`, `stats`),
   * TENANT_UNREACHABLE (the account is refused), SERVER_UNAVAILABLE, ABORTED, SCOPE_ENDED, CLOSED.
   */
  scope(account: Account, options: PoolScopeOptions = {}): PoolScope {
    const acquireTimeoutMs = options.acquireTimeoutMs ?? this.#context.options.acquireTimeoutMs
    return new Scope(this.#desk, account, { ...options, acquireTimeoutMs })
  }

  /**
   * Closes what is held for an account and resolves when the server has let go of all of it. Its waiters are told
   * TENANT_BUSY, running work may finish for a second and is then ended with LEASE_RECLAIMED.
   */
  async evict(accountId: string): Promise<void> {
    const { tenants, idle } = this.#context
    const tenant = tenants.find(accountId)
    if (!tenant) return
    tenant.isEvicting = true
    this.#admission.turnAwayAll(tenant, () => this.#admission.leaving(tenant))
    for (const member of [...tenant.idle]) if (idle.remove(member)) this.#closer.retire(member)
    const holds = () => tenant.held > 0 || this.#membersOf(tenant).length > 0
    await this.#until(() => !holds(), EVICT_GRACE_MS)
    this.#endLeases((lease) => lease.member.tenant === tenant, 'LEASE_RECLAIMED')
    await this.#until(() => !holds(), Infinity)
    tenant.isEvicting = false
    tenants.forgetIfEmpty(tenant)
  }

  /**
   * Runs work that opens one connection of its own (admin work, migrations) while holding a permit for it. The
   * work must have closed the connection, and awaited that, when it returns.
   */
  async withPermit<T>(label: string, work: () => Promise<T>, options: PermitOptions = {}): Promise<T> {
    const release = await this.#takePermit(label, options)
    try {
      return await work()
    } finally {
      release()
    }
  }

  /** A snapshot; costs some microseconds. */
  stats(): PoolStats {
    return takeStats(this.#context, this.#housekeeper.leases)
  }

  /** Refuses new work with CLOSED, lets leases finish for `graceMs` (default 5,000), ends what is left, closes all. */
  async close(options: { graceMs?: number } = {}): Promise<void> {
    const context = this.#context
    context.isClosing = true
    for (const tenant of [...context.tenants.all()]) {
      this.#admission.turnAwayAll(tenant, () => new DatabaseError('CLOSED', 'the pool is closing'))
    }
    for (const member of context.idle.list()) if (context.idle.remove(member)) this.#closer.retire(member)
    await this.#until(() => this.#housekeeper.leases.size === 0, options.graceMs ?? CLOSE_GRACE_MS)
    this.#endLeases(() => true, 'CLOSED')
    await this.#until(() => context.budget.inUse === 0, CLOSE_BOUND_MS)
    this.#housekeeper.stop()
    this.#killer.stop()
    for (const member of context.members) member.link.destroy()
  }

  #acquire(
    scope: Scope,
    granted: (lease: Lease) => void,
    refused: (error: DatabaseError) => void,
  ): Waiter | undefined {
    const { tenants, counters } = this.#context
    const tenant = tenants.of(scope.account)
    const grant = (member: Member | undefined) => member && granted(this.#makeLease(scope, member))
    counters.acquires += 1
    const request = {
      tenant,
      label: scope.holder.label,
      wantsPermit: false,
      timeoutMs: scope.timeoutMs,
      grant,
      refuse: refused,
    }
    return this.#admit(request, () => {
      const member = this.#dispatcher.takeAtOnce(tenant)
      grant(member)
      return member !== undefined
    })
  }

  #takePermit(label: string, options: PermitOptions): Promise<() => void> {
    const { signal, acquireTimeoutMs = this.#context.options.acquireTimeoutMs } = options
    const tenant = this.#context.tenants.of(PERMIT_ACCOUNT)
    return new Promise((resolve, reject) => {
      const gone = () => new DatabaseError('ABORTED', 'the caller has gone')
      if (signal?.aborted) return reject(gone())
      const leave = () => waiter && this.#admission.turnAway(waiter, gone())
      const settled = () => signal?.removeEventListener('abort', leave)
      const waiter = this.#admit({
        tenant,
        label,
        wantsPermit: true,
        timeoutMs: acquireTimeoutMs,
        grant: () => {
          settled()
          resolve(() => this.#permitReturned(tenant))
        },
        refuse: (error) => {
          settled()
          reject(error)
        },
      })
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  #admit(request: WaitRequest, tryAtOnce?: () => boolean): Waiter | undefined {
    const refusal = this.#admission.refusal(request)
    if (!refusal && tryAtOnce?.()) return undefined
    if (refusal) {
      request.refuse(refusal)
      return undefined
    }
    const waiter = this.#admission.enqueue(request)
    this.#context.pump()
    return waiter
  }

  #permitReturned(tenant: TenantPool): void {
    tenant.leased -= 1
    this.#context.budget.give()
    this.#context.tenants.forgetIfEmpty(tenant)
    this.#context.pump()
  }

  #makeLease(scope: Scope, member: Member): Lease {
    const { clock } = this.#context
    const hooks = {
      releasedTwice: this.#leaseHooks.releasedTwice,
      returned: (lease: Lease) => {
        scope.forget(lease)
        this.#leaseHooks.returned(lease)
      },
    }
    const lease = new Lease(member, { holder: scope.holder, takenAt: clock.now(), hooks })
    this.#housekeeper.leases.add(lease)
    this.#housekeeper.wake()
    return lease
  }

  #returned(lease: Lease): void {
    const { member } = lease
    this.#housekeeper.leases.delete(lease)
    member.tenant.leased -= 1
    if (!member.link.isOpen) this.#closer.discard(member)
    else if (member.link.isRunning) this.#closer.kill(member)
    else if (member.link.isClean) return this.#dispatcher.free(member)
    else void this.#keeper.reset(member)
    this.#context.pump()
  }

  /** Told by the wire. Whoever has it now finds out by itself; an idle one has nobody who would. */
  #lost(member: Member): void {
    const { idle, counters, emit } = this.#context
    if (member.state === 'closing') return
    counters.lost += 1
    emit({
      type: 'connection-lost',
      tenant: member.tenant.account.label,
      wasLeased: member.state === 'leased',
    })
    if (member.state === 'idle' && idle.remove(member)) this.#closer.discard(member)
  }

  #membersOf(tenant: TenantPool): Member[] {
    return [...this.#context.members].filter(
      (member) => member.tenant === tenant || member.leaving === tenant,
    )
  }

  #endLeases(which: (lease: Lease) => boolean, code: 'LEASE_RECLAIMED' | 'CLOSED'): void {
    for (const lease of [...this.#housekeeper.leases]) {
      if (which(lease))
        lease.end(new DatabaseError(code, 'the connection was taken back', { tenant: lease.holder.tenant }))
    }
  }

  async #until(isSo: () => boolean, boundMs: number): Promise<void> {
    const { clock } = this.#context
    const end = clock.now() + boundMs
    while (!isSo() && clock.now() < end) await pause(clock, POLL_MS)
  }

  #makeContext(options: PoolOptions, parts: PoolParts): PoolContext {
    const clock = parts.clock ?? systemClock
    return {
      options,
      clock,
      driver: parts.driver ?? mysqlDriver(options.endpoint),
      budget: new Budget(options.connectionsMax, clock),
      tenants: new TenantPools(),
      idle: new IdleStacks(),
      members: new Set(),
      pace: new OpenPace(clock),
      counters: {
        opens: 0,
        handoffs: 0,
        resets: 0,
        pings: 0,
        acquires: 0,
        refused: 0,
        reclaimed: 0,
        kills: 0,
        lost: 0,
      },
      connecting: 0,
      isClosing: false,
      emit: (event) => options.onEvent?.(event),
      pump: () => this.#dispatcher.pump(),
    }
  }
}
