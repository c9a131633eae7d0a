import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { MysqlQueryResult } from 'kysely'
import {
  createConnection,
  type Connection,
  type QueryError,
  type QueryResult,
  type RowDataPacket,
} from 'mysql2'
import { DatabaseError } from '../errors.ts'
import type { Driver, Link, Login, Statement, StatementCallback } from './driver.ts'
import { AccountUnusable, isConnectionGone, isNoSuchThread, isWrongValue } from './server-error.ts'
import { COLLATION, isolationVariable, proofSql, type IsolationVariable } from './session-proof.ts'
import { SessionState } from './session-state.ts'
import type { Endpoint } from './types.ts'

const CONNECT_TIMEOUT_MS = 2_500
/** Connecting and logging in, whatever hangs. */
const OPEN_TIMEOUT_MS = 5_000
/** The operating system would wait two hours before it notices a dead peer. */
const KEEP_ALIVE_DELAY_MS = 10_000
/** Kysely never prepares; mysql2 would size its cache for 16,000 statements, 511 KB a connection. */
const PREPARED_STATEMENTS_MAX = 1
/** The server counts its uptime in whole seconds. */
const UPTIME_TOLERANCE_MS = 2_000

/** What is learnt of a server from the first connection to it. */
interface ServerDialect {
  isolation: IsolationVariable | undefined
}

/** The only place that knows mysql2. */
export function mysqlDriver(endpoint: Endpoint): Driver {
  const dialect: ServerDialect = { isolation: undefined }
  return {
    async open(login, onLost) {
      const link = new MysqlLink(endpoint, login, { onLost, dialect })
      const bound = setTimeout(() => link.cut(), OPEN_TIMEOUT_MS)
      try {
        await link.connected()
        return link
      } catch (error) {
        link.destroy()
        await link.closed
        throw error
      } finally {
        clearTimeout(bound)
      }
    },
  }
}

class MysqlLink implements Link {
  readonly closed: Promise<void>
  readonly #socket: Socket
  readonly #connection: Connection
  readonly #session = new SessionState()
  readonly #streams = new Set<Readable>()
  readonly #onLost: () => void
  readonly #dialect: ServerDialect
  #login: Pick<Login, 'user' | 'database'>
  #running = 0
  #isOpen = true

  constructor(endpoint: Endpoint, login: Login, shared: { onLost: () => void; dialect: ServerDialect }) {
    refuseEmpty(login)
    this.#login = { user: login.user, database: login.database }
    this.#onLost = shared.onLost
    this.#dialect = shared.dialect
    this.#socket = openSocket(endpoint)
    this.closed = new Promise((resolve) => this.#socket.once('close', () => resolve()))
    this.#connection = createConnection({
      stream: this.#socket,
      user: login.user,
      password: login.password,
      database: login.database,
      charset: COLLATION,
      timezone: 'Z',
      connectTimeout: CONNECT_TIMEOUT_MS,
      maxPreparedStatements: PREPARED_STATEMENTS_MAX,
      multipleStatements: false,
    })
    this.#connection.on('error', (error: unknown) => this.#lose(error))
    this.#socket.once('end', () => this.#lose(new Error('the server closed the connection')))
    this.#socket.once('close', () => this.#lose(new Error('the connection was closed')))
  }

  get threadId(): number {
    return this.#connection.threadId
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  get isRunning(): boolean {
    return this.#running > 0
  }

  get isInTransaction(): boolean {
    return this.#session.isInTransaction
  }

  get isClean(): boolean {
    return this.#isOpen && this.#running === 0 && this.#session.isClean
  }

  connected(): Promise<void> {
    return new Promise((resolve, reject) =>
      this.#connection.connect((error) => (error ? reject(error) : resolve())),
    )
  }

  async prove(login: Pick<Login, 'user' | 'database'>): Promise<void> {
    const isolation = (this.#dialect.isolation ??= isolationVariable(await this.#version()))
    this.#login = { user: login.user, database: login.database }
    await this.#rows(proofSql(isolation), [login.user, login.database]).catch((cause: unknown) => {
      if (!isWrongValue(cause)) throw cause
      throw new AccountUnusable(`the server says that this session is not ${login.user}'s`, { cause })
    })
    this.#session.forget()
  }

  query(sql: string, parameters: readonly unknown[], callback?: StatementCallback): Statement {
    this.#session.sending(sql)
    const command = this.#connection.query<MysqlResult>(
      sql,
      [...parameters],
      callback && ((error, result) => this.#answer(sql, { error, result, callback })),
    )
    this.#count(command)
    return { stream: (options) => this.#track(command.stream(options)) }
  }

  async handoff(login: Login): Promise<void> {
    refuseEmpty(login)
    const { user, password, database } = login
    await new Promise<void>((resolve, reject) => {
      this.#connection.changeUser({ user, password, database, charset: COLLATION }, settle(resolve, reject))
    })
    await this.prove(login)
  }

  async reset(): Promise<void> {
    await new Promise<void>((resolve, reject) => this.#connection.reset(settle(resolve, reject)))
    await this.prove(this.#login)
  }

  ping(): Promise<void> {
    return new Promise((resolve, reject) => this.#connection.ping(settle(resolve, reject)))
  }

  end(): Promise<void> {
    this.#isOpen = false
    this.#connection.end()
    return this.closed
  }

  destroy(): void {
    this.#isOpen = false
    this.#connection.destroy()
    // Read on to the end, otherwise the server's own close is never seen.
    this.#socket.resume()
  }

  /** Both sides at once, whatever runs. */
  cut(): void {
    this.#isOpen = false
    this.#socket.destroy()
  }

  async hasThread(threadId: number, ageMs: number): Promise<boolean> {
    const [status] = await this.#rows<{ Value: string }>("show global status like 'Uptime'")
    if (Number(status?.Value) * 1000 + UPTIME_TOLERANCE_MS < ageMs) return false
    const rows = await this.#rows(
      `select 1 from information_schema.processlist where id = ${Number(threadId)}`,
    )
    return rows.length > 0
  }

  async kill(threadId: number): Promise<void> {
    await this.#rows(`kill connection ${Number(threadId)}`).catch((error: unknown) => {
      if (!isNoSuchThread(error)) throw error
    })
  }

  async #version(): Promise<string> {
    const [row] = await this.#rows<{ version: string }>('select version() as version')
    return row?.version ?? ''
  }

  #rows<Row>(sql: string, parameters: string[] = []): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.#connection.query<MysqlRows<Row>>(sql, parameters, (error, rows) =>
        error ? reject(error) : resolve(rows),
      )
    })
  }

  #answer(
    sql: string,
    answer: { error: QueryError | null; result: MysqlResult; callback: StatementCallback },
  ) {
    const { error, result, callback } = answer
    if (error) {
      if (isConnectionGone(error)) this.#lose(error)
      callback(error, [])
      return
    }
    this.#session.succeeded(sql, result)
    callback(null, result)
  }

  #count(command: { once(event: 'end', run: () => void): unknown }): void {
    this.#running += 1
    command.once('end', () => {
      this.#running -= 1
    })
  }

  /** mysql2 leaves a stream hanging when its connection is lost. */
  #track(stream: Readable): Readable {
    this.#streams.add(stream)
    stream.once('close', () => this.#streams.delete(stream))
    return stream
  }

  /** Does not close our side: mysql2 tells the waiting statements when the socket closes, unless it was told to close. */
  #lose(error: unknown): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    for (const stream of this.#streams) stream.destroy(lost(error))
    this.#onLost()
  }
}

type MysqlResult = MysqlQueryResult & QueryResult
type MysqlRows<Row> = Row[] & RowDataPacket[]

function lost(cause: unknown): DatabaseError {
  return new DatabaseError('CONNECTION_LOST', 'the connection was lost while rows were read', { cause })
}

/** mysql2 puts the previous account's password or database in the place of an empty one. */
function refuseEmpty(login: Login): void {
  if (login.user !== '' && login.password !== '' && login.database !== '') return
  throw new AccountUnusable(`the account ${login.user} needs a user, a password and a database`)
}

function settle(resolve: () => void, reject: (error: unknown) => void): (error: unknown) => void {
  return (error) => (error ? reject(error) : resolve())
}

function openSocket(endpoint: Endpoint): Socket {
  const options = { keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_DELAY_MS, noDelay: true }
  return endpoint.socketPath === undefined
    ? connect({ host: endpoint.host, port: endpoint.port, ...options })
    : connect({ path: endpoint.socketPath })
}
