import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { DatabaseError, type DatabaseErrorCode } from '../src/errors.ts'
import type { Account } from '../src/pool/types.ts'
import type { FaultDb, FaultPool } from './fault-pool.ts'
import { findWrongNotes } from './notes.ts'
import type { Onlooker } from './onlooker.ts'

/** What a caller gives its whole call, beyond the acquire: afterwards it goes away, as a request does. */
const STATEMENTS_MS = 2_500
/** Two cores, and others work on them: so much later than its deadline may this process notice. */
export const MACHINE_SLACK_MS = 5_000
/** A refused caller does not come back at once. */
const PAUSE_MS = 20

/** Callers of many tenants, and what each of them saw. */
export class Calls {
  results = 0
  readonly refused = new Map<DatabaseErrorCode, number>()
  /** Errors that a caller must never see, and rows or identities of somebody else. */
  readonly wrong: unknown[] = []
  /** The most that an acquire was behind its deadline, or a call behind its own. Below zero: all were in time. */
  latestMs = -Infinity
  readonly #pool: FaultPool
  readonly #accounts: readonly Account[]
  readonly #confirmed = new Map<string, string>()
  #isStopping = false

  constructor(pool: FaultPool, accounts: readonly Account[]) {
    this.#pool = pool
    this.#accounts = accounts
  }

  get codes(): DatabaseErrorCode[] {
    return [...this.refused.keys()].toSorted()
  }

  get settled(): number {
    return [...this.refused.values()].reduce((sum, count) => sum + count, this.results)
  }

  /** So many callers, one call after the other each, until stopped. */
  start(callers: number): { stop(): Promise<void> } {
    this.#isStopping = false
    const running = Promise.all(Array.from({ length: callers }, () => this.#loop()))
    return {
      stop: async () => {
        this.#isStopping = true
        await running
      },
    }
  }

  /** Writes a note and looks who it is, in one connection. Never rejects; true if it had its result. */
  async call(account: Account): Promise<boolean> {
    const op = randomUUID()
    const started = performance.now()
    const { acquireTimeoutMs } = this.#pool.options
    const callMs = acquireTimeoutMs + STATEMENTS_MS
    const seen = { acquiredAt: Infinity }
    const work = (db: FaultDb) =>
      db.connection().execute((connection) => {
        seen.acquiredAt = performance.now()
        return this.#work(connection, { account, op })
      })
    try {
      await this.#pool.use(account, work, { signal: AbortSignal.timeout(callMs), label: 'fault.call' })
      this.results += 1
      this.#confirmed.set(op, account.database)
      return true
    } catch (error) {
      this.#note(error)
      return false
    } finally {
      const now = performance.now()
      const acquireMs = Math.min(seen.acquiredAt, now) - started
      this.latestMs = Math.max(this.latestMs, acquireMs - acquireTimeoutMs, now - started - callMs)
    }
  }

  /** See findWrongNotes. */
  async findWrongNotes(onlooker: Onlooker): Promise<string[]> {
    return findWrongNotes(onlooker, this.#accounts, this.#confirmed)
  }

  /** What the callers of another pool saw, counted here too. */
  add(other: Calls): void {
    this.results += other.results
    this.latestMs = Math.max(this.latestMs, other.latestMs)
    for (const [code, count] of other.refused) this.refused.set(code, (this.refused.get(code) ?? 0) + count)
  }

  /** How long until every tenant named has had a result. */
  async untilNormal(accounts: readonly Account[] = this.#accounts): Promise<number> {
    const started = performance.now()
    await Promise.all(
      accounts.map(async (account) => {
        while (!(await this.call(account))) await pause()
      }),
    )
    return Math.round(performance.now() - started)
  }

  async #loop(): Promise<void> {
    while (!this.#isStopping) {
      const account = this.#accounts[Math.floor(Math.random() * this.#accounts.length)]
      if (account && !(await this.call(account))) await pause()
    }
  }

  async #work(db: FaultDb, { account, op }: { account: Account; op: string }): Promise<void> {
    await sql`insert into notes (op, author) values (${op}, substring_index(current_user(), '@', 1))`.execute(
      db,
    )
    const { rows } = await sql<{ user: string; db: string; token: string }>`
      select substring_index(current_user(), '@', 1) as user, database() as db, token from canary`.execute(db)
    const isOwn = rows.length === 1 && rows[0]?.token === account.database && rows[0].user === account.user
    if (!isOwn || rows[0]?.db !== account.database) this.wrong.push({ asked: account.label, got: rows })
  }

  #note(error: unknown): void {
    if (!(error instanceof DatabaseError)) this.wrong.push(error)
    else this.refused.set(error.code, (this.refused.get(error.code) ?? 0) + 1)
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}
