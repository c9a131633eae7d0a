import { Readable } from 'node:stream'
import type { MysqlPoolConnection, MysqlQueryResult, MysqlStreamOptions } from 'kysely'
import { DatabaseError } from '../errors.ts'
import type { Statement, StatementCallback } from './driver.ts'
import type { Member } from './member.ts'
import { isConnectionGone } from './server-error.ts'
import type { LeaseClass } from './types.ts'

/** Who has a lease, for explanations. */
export interface Holder {
  tenant: string
  label: string
  class: LeaseClass
  /** Where the scope was opened. Formatted only when somebody reads it. */
  opened: { readonly stack?: string }
}

/** Called for each use of what has ended: most leases end without anybody asking why. */
export type WhyEnded = (holder: Holder) => DatabaseError

/** The same for all leases of a scope. */
export interface LeaseHooks {
  readonly holder: Holder
  /** Once: by the holder's release, or when the lease was ended. */
  returned(lease: Lease): void
  releasedTwice(lease: Lease): void
}

/**
 * One connection in one scope's hands, and the object that Kysely takes for a mysql2 connection. When the lease
 * has ended the object is dead: it never reaches whoever has the connection next.
 */
export class Lease implements MysqlPoolConnection {
  readonly member: Member
  readonly takenAt: number
  /** Kysely would copy it for a control connection, which would not be counted: there is nothing in it. */
  readonly config = {}
  wasReported = false
  readonly #hooks: LeaseHooks
  /** Made when first used: a lease is taken for every statement. */
  #callbacks: Set<StatementCallback> | undefined
  #streams: Set<Readable> | undefined
  #whyEnded: WhyEnded | undefined
  #isReleased = false

  constructor(member: Member, takenAt: number, hooks: LeaseHooks) {
    this.member = member
    this.takenAt = takenAt
    this.#hooks = hooks
  }

  get holder(): Holder {
    return this.#hooks.holder
  }

  get threadId(): number {
    return this.member.link.threadId
  }

  get isInTransaction(): boolean {
    return this.member.link.isInTransaction
  }

  connect(callback?: (error: unknown) => void): void {
    callback?.(this.#refusal())
  }

  query(sql: string, parameters: readonly unknown[] = [], callback?: StatementCallback): Statement {
    const refusal = this.#refusal()
    if (refusal) return refuse(refusal, callback)
    const own = callback && this.#remember(callback)
    const statement = this.member.link.query(
      sql,
      parameters,
      own && ((error, result) => this.#settle(own, error, result)),
    )
    return { stream: (options: MysqlStreamOptions) => this.#track(statement.stream(options)) }
  }

  /** Gives the connection back. A second time does nothing but log. */
  release(): void {
    if (this.#isReleased) this.#hooks.releasedTwice(this)
    this.#isReleased = true
    this.end(givenBack)
  }

  /** What Kysely calls to end a session: whatever runs is killed, and nobody else gets the connection. */
  destroy(): void {
    if (!this.#whyEnded) this.member.link.destroy()
    this.end(() => this.#lost())
  }

  /** Takes the connection away: whoever waits for a statement is told now, and nothing more can be sent. */
  end(why: WhyEnded): void {
    if (this.#whyEnded) return
    this.#whyEnded = why
    const callbacks = this.#callbacks
    const streams = this.#streams
    this.#callbacks = undefined
    this.#streams = undefined
    for (const callback of callbacks ?? []) callback(why(this.holder), [])
    for (const stream of streams ?? []) stream.destroy(why(this.holder))
    this.#hooks.returned(this)
  }

  #refusal(): DatabaseError | undefined {
    if (this.#whyEnded) return this.#whyEnded(this.holder)
    return this.member.link.isOpen ? undefined : this.#lost()
  }

  #lost(): DatabaseError {
    return new DatabaseError('CONNECTION_LOST', 'the connection to the database was lost', {
      tenant: this.holder.tenant,
    })
  }

  #remember(callback: StatementCallback): StatementCallback {
    const own: StatementCallback = (error, result) => callback(error, result)
    this.#callbacks ??= new Set()
    this.#callbacks.add(own)
    return own
  }

  /** Late answers, after the lease has ended, reach nobody. */
  #settle(own: StatementCallback, error: unknown, result: MysqlQueryResult): void {
    if (!this.#callbacks?.delete(own)) return
    own(error ? this.#explain(error) : null, result)
  }

  #explain(error: unknown): unknown {
    if (!isConnectionGone(error)) return error
    return new DatabaseError('CONNECTION_LOST', 'the connection was lost; the statement may have run', {
      tenant: this.holder.tenant,
      cause: error,
    })
  }

  #track(stream: Readable): Readable {
    this.#streams ??= new Set()
    this.#streams.add(stream)
    stream.once('close', () => this.#streams?.delete(stream))
    return stream
  }
}

function givenBack(holder: Holder): DatabaseError {
  return new DatabaseError('SCOPE_ENDED', 'this connection was given back already', { tenant: holder.tenant })
}

function refuse(error: DatabaseError, callback?: StatementCallback): Statement {
  if (callback) queueMicrotask(() => callback(error, []))
  return {
    stream: () =>
      new Readable({
        objectMode: true,
        read() {
          this.destroy(error)
        },
      }),
  }
}
