import type { Readable } from 'node:stream'
import type { MysqlQueryResult, MysqlStreamOptions } from 'kysely'

/** What a connection authenticates with. The password is asked for at the last moment and not kept. */
export interface Login {
  user: string
  password: string
  database: string
}

export type StatementCallback = (error: unknown, result: MysqlQueryResult) => void

export interface Statement {
  stream(options: MysqlStreamOptions): Readable
}

/**
 * One physical connection, as the pool sees it. Whatever it promises about the server it has proved:
 * `handoff` and `reset` resolve only when the session is known to be the right account's with our defaults.
 */
export interface Link {
  readonly threadId: number
  /** False once the connection was lost or closed: it is of no use to anybody. */
  readonly isOpen: boolean
  /** Nothing runs, no transaction is open and no session state was changed since the last reset. */
  readonly isClean: boolean
  readonly isRunning: boolean
  readonly isInTransaction: boolean
  /** Resolves when our side has seen the server close the connection. */
  readonly closed: Promise<void>
  query(sql: string, parameters: readonly unknown[], callback?: StatementCallback): Statement
  /** Sets our defaults and has the server say that the session is the login's. Nothing may be sent before. */
  prove(login: Pick<Login, 'user' | 'database'>): Promise<void>
  /** COM_CHANGE_USER, then the proof. If it rejects, the link still belongs to the previous account: destroy it. */
  handoff(login: Login): Promise<void>
  /** COM_RESET_CONNECTION, then the defaults again, because it loses them. */
  reset(): Promise<void>
  ping(): Promise<void>
  /** COM_QUIT; resolves when the server has closed its side. */
  end(): Promise<void>
  /** Closes our side only: while a statement runs, the server keeps the slot. */
  destroy(): void
  /** Whether the server still has the thread, and has had it since `ageMs` ago (a restart counts the ids anew). */
  hasThread(threadId: number, ageMs: number): Promise<boolean>
  /** KILL CONNECTION. Another thread of the same account needs no privilege. */
  kill(threadId: number): Promise<void>
}

export interface Driver {
  /** Connects and logs in. If it rejects, our side of the connection is closed already. `onLost` is called at most once. */
  open(login: Login, onLost: () => void): Promise<Link>
}
