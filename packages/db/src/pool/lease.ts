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
  opened: Error
}

export interface LeaseHooks {
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
  readonly holder: Holder
  readonly takenAt: number
  /** Kysely would copy it for a control connection, which would not be counted: there is nothing in it. */
  readonly config = {}
  wasReported = false
  readonly #hooks: LeaseHooks
  readonly #callbacks = new Set<StatementCallback>()
  readonly #streams = new Set<Readable>()
  #ended: DatabaseError | undefined
  #isReleased = false

  constructor(member: Member, grant: { holder: Holder; takenAt: number; hooks: LeaseHooks }) {
    this.member = member
    this.holder = grant.holder
    this.takenAt = grant.takenAt
    this.#hooks = grant.hooks
  }

  get threadId(): number {
    return this.member.link.threadId
  }

  get isInTransaction(): boolean {
    return this.member.link.isInTransaction
  }

  connect(callback?: (error: unknown) => void): void {
    callback?.(this.#ended)
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
    this.end(
      new DatabaseError('SCOPE_ENDED', 'this connection was given back already', {
        tenant: this.holder.tenant,
      }),
    )
  }

  /** What Kysely calls to end a session: whatever runs is killed, and nobody else gets the connection. */
  destroy(): void {
    if (!this.#ended) this.member.link.destroy()
    this.end(this.#lost())
  }

  /** Takes the connection away: whoever waits for a statement is told now, and nothing more can be sent. */
  end(error: DatabaseError): void {
    if (this.#ended) return
    this.#ended = error
    for (const callback of this.#callbacks) callback(error, [])
    for (const stream of this.#streams) stream.destroy(error)
    this.#callbacks.clear()
    this.#hooks.returned(this)
  }

  #refusal(): DatabaseError | undefined {
    if (this.#ended) return this.#ended
    if (this.member.link.isOpen) return undefined
    return this.#lost()
  }

  #lost(): DatabaseError {
    return new DatabaseError('CONNECTION_LOST', 'the connection to the database was lost', {
      tenant: this.holder.tenant,
    })
  }

  #remember(callback: StatementCallback): StatementCallback {
    const own: StatementCallback = (error, result) => callback(error, result)
    this.#callbacks.add(own)
    return own
  }

  /** Late answers, after the lease has ended, reach nobody. */
  #settle(own: StatementCallback, error: unknown, result: MysqlQueryResult): void {
    if (!this.#callbacks.delete(own)) return
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
    this.#streams.add(stream)
    stream.once('close', () => this.#streams.delete(stream))
    return stream
  }
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
