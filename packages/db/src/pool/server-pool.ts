import { DatabaseError } from '../errors.ts'
import { Admission } from './admission.ts'
import { Breakers } from './breakers.ts'
import { Budget, COUNTED_AFTER_CLOSE_MS, RESERVED } from './budget.ts'
import { ClassGate } from './class-gate.ts'
import { pause, systemClock, type Clock } from './clock.ts'
import { Closer } from './closer.ts'
import { exceedsBudget, type PoolContext } from './context.ts'
import { Dispatcher } from './dispatcher.ts'
import type { Driver } from './driver.ts'
import { Housekeeper } from './housekeeper.ts'
import { IdleStacks } from './idle-stacks.ts'
import { Keeper } from './keeper.ts'
import { Killer } from './killer.ts'
import { LeaseDesk } from './lease-desk.ts'
import type { Lease, WhyEnded } from './lease.ts'
import type { Member } from './member.ts'
import { Mourner } from './mourner.ts'
import { mysqlDriver } from './mysql-link.ts'
import { OpenPace } from './open-pace.ts'
import { PermitDesk } from './permit-desk.ts'
import { Reserve } from './reserve.ts'
import { takeStats } from './pool-stats.ts'
import { Scope } from './scope.ts'
import type { TenantPool } from './tenant-pool.ts'
import { TenantPools } from './tenant-pools.ts'
import { TogetherLine, type TurnOptions } from './together-line.ts'
import { TurnLength } from './turn-length.ts'
import type {
  Account,
  PermitOptions,
  PoolEvent,
  PoolOptions,
  PoolScope,
  PoolScopeOptions,
  PoolStats,
} from './types.ts'

const CLOSE_GRACE_MS = 5_000
/** After the grace: how long the server may take to let go of what was ended. */
const CLOSE_BOUND_MS = 5_000
/** Before DROP DATABASE or after a suspension, running work may finish for so long. */
const EVICT_GRACE_MS = 1_000
/** After the grace: how long the server may take to let go, before whoever evicts is told that it has not. */
export const EVICT_BOUND_MS = 15_000
const EVICT_RETRY_AFTER_MS = 1_000
const POLL_MS = 5

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
  readonly #killer: Killer
  readonly #closer: Closer
  readonly #admission: Admission
  readonly #housekeeper: Housekeeper
  readonly #leaseDesk: LeaseDesk
  readonly #permitDesk: PermitDesk
  readonly #togetherLine: TogetherLine

  constructor(options: PoolOptions, parts: PoolParts = {}) {
    const context = makeContext(options, parts)
    const admission = new Admission(context, () => this.stats())
    const permitDesk = new PermitDesk(context, admission)
    const killer = new Killer(context, new Mourner(context, permitDesk))
    const closer = new Closer(context, killer)
    const housekeeper = new Housekeeper(context, closer)
    const keeper = new Keeper(context, closer, {
      ready: (member) => dispatcher.ready(member),
      clean: (member) => dispatcher.free(member),
      accountRefused: (tenant, cause) => admission.refuseAccount(tenant, cause),
    })
    const dispatcher = new Dispatcher(context, keeper, closer)
    context.pump = () => dispatcher.pump()
    this.#context = context
    this.#killer = killer
    this.#closer = closer
    this.#housekeeper = housekeeper
    this.#admission = admission
    this.#leaseDesk = new LeaseDesk(context, { admission, dispatcher, keeper, closer, housekeeper })
    this.#permitDesk = permitDesk
    this.#togetherLine = new TogetherLine(context.clock)
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
    return new Scope(this.#leaseDesk, account, { ...options, acquireTimeoutMs })
  }

  /**
   * Closes what is held for an account and resolves when the server has let go of all of it. Its waiters are told
   * TENANT_BUSY, running work may finish for a second and is then ended with LEASE_RECLAIMED.
   *
   * @throws DatabaseError SERVER_UNAVAILABLE if the server has not let go after 15 s more: what was to follow (DROP
   * DATABASE) must not. It may be called again.
   */
  evict(accountId: string): Promise<void> {
    // Whoever closes a tenant has changed it: the next caller may try.
    this.#context.breakers.forget(accountId)
    const tenant = this.#context.tenants.find(accountId)
    if (!tenant) return Promise.resolve()
    tenant.eviction ??= this.#evict(tenant)
    return tenant.eviction
  }

  /**
   * Runs work that opens one connection of its own (admin work, migrations) while holding a permit for it. The
   * work must have closed the connection, and awaited that, when it returns.
   */
  async withPermit<T>(label: string, work: () => Promise<T>, options: PermitOptions = {}): Promise<T> {
    const release = await this.#permitDesk.take(label, options)
    try {
      return await work()
    } finally {
      release()
    }
  }

  /**
   * As withPermit, for work that must reach the server even while everything is leased, and is short: over the
   * reserved permit, which it shares with the killer.
   */
  async withReserve<T>(work: () => Promise<T>): Promise<T> {
    const { reserve, clock } = this.#context
    await reserve.take()
    try {
      return await work()
    } finally {
      await pause(clock, COUNTED_AFTER_CLOSE_MS)
      reserve.give()
    }
  }

  /**
   * Whoever wants connections of several accounts at once takes this turn first, asks for them in the order of the
   * accounts' ids, and ends the turn when it has them all or gives up: so no two wait for each other.
   *
   * @throws DatabaseError TENANT_BUSY at the deadline, ABORTED, CLOSED.
   */
  takeTogetherTurn(options: TurnOptions): Promise<() => void> {
    const turn = this.#togetherLine.take(options)
    if (this.#context.isClosing) this.#togetherLine.refuseEverybody()
    return turn
  }

  /** Connections that work can have at once, the reserved one not counted. */
  get usableMax(): number {
    return this.#context.budget.max - RESERVED
  }

  get acquireTimeoutMs(): number {
    return this.#context.options.acquireTimeoutMs
  }

  /** The most that the pool may hold at this moment: its size, or more if it was just made smaller. */
  get held(): number {
    return this.#context.budget.held
  }

  /**
   * Another size for the budget, at least 2. Smaller: nothing is opened, idle connections are closed now, leased ones
   * when they come back; `held` says when it is done.
   */
  resize(connectionsMax: number): void {
    const { budget, idle, pump } = this.#context
    budget.resize(connectionsMax)
    for (const member of idle.list()) if (exceedsBudget(this.#context)) this.#retireIdle(member)
    pump()
  }

  /** A snapshot; costs some microseconds. */
  stats(): PoolStats {
    return takeStats(this.#context, this.#housekeeper.leases)
  }

  /** Refuses new work with CLOSED, lets leases finish for `graceMs` (default 5,000), ends what is left, closes all. */
  async close(options: { graceMs?: number } = {}): Promise<void> {
    const context = this.#context
    context.isClosing = true
    this.#admission.refuseEverybody()
    this.#togetherLine.refuseEverybody()
    for (const member of context.idle.list()) this.#retireIdle(member)
    await this.#until(() => this.#housekeeper.leases.size === 0, options.graceMs ?? CLOSE_GRACE_MS)
    this.#endLeases(() => true, 'CLOSED')
    await this.#until(() => context.budget.inUse === 0, CLOSE_BOUND_MS)
    this.#housekeeper.stop()
    this.#killer.stop()
    for (const member of context.members) member.link.destroy()
  }

  async #evict(tenant: TenantPool): Promise<void> {
    // After evict() has noted the promise, so that nobody is admitted from here on.
    await Promise.resolve()
    this.#admission.refuseLeaving(tenant)
    for (const member of [...tenant.idle]) this.#retireIdle(member)
    const isGone = () => tenant.held === 0 && tenant.members === 0
    await this.#until(isGone, EVICT_GRACE_MS)
    this.#endLeases((lease) => lease.member.tenant === tenant, 'LEASE_RECLAIMED')
    await this.#until(isGone, EVICT_BOUND_MS)
    tenant.eviction = undefined
    if (!isGone()) throw this.#notLetGo(tenant)
    this.#context.tenants.forgetIfEmpty(tenant)
  }

  #notLetGo({ account, members }: TenantPool): DatabaseError {
    const message = `the server has not let go of ${members} connections of ${account.label}`
    return new DatabaseError('SERVER_UNAVAILABLE', message, {
      tenant: account.label,
      retryAfterMs: EVICT_RETRY_AFTER_MS,
      stats: this.stats(),
    })
  }

  #retireIdle(member: Member): void {
    if (this.#context.idle.remove(member)) this.#closer.retire(member)
  }

  #endLeases(which: (lease: Lease) => boolean, code: 'LEASE_RECLAIMED' | 'CLOSED'): void {
    const why: WhyEnded = ({ tenant }) => new DatabaseError(code, 'the connection was taken back', { tenant })
    for (const lease of [...this.#housekeeper.leases]) if (which(lease)) lease.end(why)
  }

  async #until(isSo: () => boolean, boundMs: number): Promise<void> {
    const { clock } = this.#context
    const end = clock.now() + boundMs
    while (!isSo() && clock.now() < end) await pause(clock, POLL_MS)
  }
}

function makeContext(options: PoolOptions, parts: PoolParts): PoolContext {
  const clock = parts.clock ?? systemClock
  const budget = new Budget(options.connectionsMax, clock)
  const gate = new ClassGate()
  return {
    options,
    clock,
    driver: parts.driver ?? mysqlDriver(options.endpoint),
    budget,
    reserve: new Reserve(budget),
    tenants: new TenantPools(gate),
    gate,
    idle: new IdleStacks(),
    members: new Set(),
    pace: new OpenPace(clock),
    breakers: new Breakers(clock),
    turn: new TurnLength(),
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
    lettingGo: 0,
    isClosing: false,
    emit: (event) => tell(options, event),
    pump: () => undefined,
  }
}

/** A listener that throws must not stop what was about to be done: the killer would never end another thread. */
function tell({ onEvent }: PoolOptions, event: PoolEvent): void {
  try {
    onEvent?.(event)
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error))
  }
}
