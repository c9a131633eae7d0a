import type { MysqlPool, MysqlPoolConnection } from 'kysely'
import { DatabaseError } from '../errors.ts'
import type { Holder, Lease, LeaseHooks, WhyEnded } from './lease.ts'
import type { Account, PoolScope, PoolScopeOptions } from './types.ts'
import type { Waiter } from './waiter.ts'

type GetConnection = (error: unknown, connection: MysqlPoolConnection) => void

/** What a scope asks of its pool. */
export interface ScopeDesk {
  /** Calls `granted` or `refused` of the request, at once or later. Returns the waiter if there is one. */
  acquire(scope: Scope, request: ScopeRequest): Waiter | undefined
  /** The scope has nothing more to do with it. */
  takeBack(lease: Lease): void
  leave(waiter: Waiter, error: DatabaseError): void
  endedEarly(holder: Holder, leases: number): void
  releasedTwice(lease: Lease): void
}

export interface ScopeRequest {
  granted(lease: Lease): void
  refused(error: DatabaseError): void
}

/** One piece of work for one tenant: everything that it takes ends with it. */
export class Scope implements PoolScope, LeaseHooks {
  readonly pool: MysqlPool
  readonly account: Account
  readonly holder: Holder
  readonly timeoutMs: number
  readonly #desk: ScopeDesk
  readonly #signal: AbortSignal | undefined
  readonly #leases = new Set<Lease>()
  readonly #waiters = new Set<Waiter>()
  readonly #onAbort = () => this.#finish(aborted)
  #whyEnded: WhyEnded | undefined

  constructor(desk: ScopeDesk, account: Account, options: PoolScopeOptions & { acquireTimeoutMs: number }) {
    const { signal, label = 'unnamed', class: leaseClass = 'interactive' } = options
    this.#desk = desk
    this.#signal = signal
    this.account = account
    this.timeoutMs = options.acquireTimeoutMs
    this.holder = {
      tenant: account.label,
      label,
      class: leaseClass,
      opened: whereAmI(),
    }
    this.pool = {
      getConnection: (callback) => this.#getConnection(callback),
      end: (callback) => void this.end().then(() => callback(undefined)),
    }
    if (signal?.aborted) this.#onAbort()
    else signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  async end(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#onAbort)
    if (this.#leases.size > 0) this.#desk.endedEarly(this.holder, this.#leases.size)
    this.#finish(over)
  }

  /** The lease is over, however that came about. */
  returned(lease: Lease): void {
    this.#leases.delete(lease)
    this.#desk.takeBack(lease)
  }

  releasedTwice(lease: Lease): void {
    this.#desk.releasedTwice(lease)
  }

  #getConnection(callback: GetConnection): void {
    if (this.#whyEnded) {
      deny(callback, this.#whyEnded(this.holder))
      return
    }
    const queued: { waiter?: Waiter | undefined } = {}
    const leave = () => queued.waiter && this.#waiters.delete(queued.waiter)
    queued.waiter = this.#desk.acquire(this, {
      granted: (lease) => {
        leave()
        this.#leases.add(lease)
        callback(null, lease)
      },
      refused: (error) => {
        leave()
        deny(callback, error)
      },
    })
    if (queued.waiter && isWaiting(queued.waiter)) this.#waiters.add(queued.waiter)
  }

  #finish(why: WhyEnded): void {
    if (this.#whyEnded) return
    this.#whyEnded = why
    for (const waiter of [...this.#waiters]) this.#desk.leave(waiter, why(this.holder))
    for (const lease of [...this.#leases]) lease.end(why)
  }
}

/** Five frames say who it was. Ten of them, and an Error around, were the dearest part of a scope. */
const FRAMES = 5

/** Where the scope was opened; put into words only when somebody reads it. */
function whereAmI(): { stack?: string } {
  const frames = Error.stackTraceLimit
  Error.stackTraceLimit = FRAMES
  const place: { stack?: string } = {}
  Error.captureStackTrace(place, Scope)
  Error.stackTraceLimit = frames
  return place
}

/** It may have been served already when it comes back from the desk. */
function isWaiting(waiter: Waiter): boolean {
  return waiter.tenant.waiters.has(waiter) || waiter.tenant.parked.has(waiter)
}

/** Kysely's type wants a connection beside the error, and reads only the error. */
function deny(callback: GetConnection, error: DatabaseError): void {
  const refuse = callback as (error: unknown) => void
  refuse(error)
}

function aborted({ tenant }: Holder): DatabaseError {
  return new DatabaseError('ABORTED', 'the caller has gone', { tenant })
}

function over({ tenant }: Holder): DatabaseError {
  return new DatabaseError('SCOPE_ENDED', 'the work that this handle was given to is over', { tenant })
}
