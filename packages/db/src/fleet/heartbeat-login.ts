import { Kysely } from 'kysely'
import { type Connection, createConnection } from 'mysql2/promise'
import { makeDialect } from '../dialect.ts'
import { DatabaseError } from '../errors.ts'
import type { MasterTables } from '../master/tables.ts'
import { poolOfOne } from '../migrate.ts'
import type { Account } from '../pool/types.ts'
import type { ServerAddress } from '../server/address.ts'

const CONNECT_TIMEOUT_MS = 2_000
/** Nothing is prepared; mysql2 would make room for 16,000 statements, each second. */
const PREPARED_STATEMENTS_MAX = 1
/** Everything together. Well below what a share is kept for, so that a late answer is never taken for a new one. */
const HEARTBEAT_TIMEOUT_MS = 4_000
/** Then the server ends the waiting by itself, and with it the connection that we have given up. */
const LOCK_WAIT_SECONDS = 2

/**
 * One connection as the control plane's account, for the length of `work`. Opened each time: a process that has little
 * could not spare one for good, and a heartbeat must not queue behind what it is to make room for.
 */
export async function withHeartbeatLogin<T>(
  server: ServerAddress,
  account: Account,
  work: (master: Kysely<MasterTables>) => Promise<T>,
): Promise<T> {
  const connection = await createConnection({
    ...(server.socketPath === undefined
      ? { host: server.host, port: server.port }
      : { socketPath: server.socketPath }),
    user: account.user,
    password: account.password(),
    database: account.database,
    timezone: 'Z',
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxPreparedStatements: PREPARED_STATEMENTS_MAX,
  })
  // What is told to nobody would end the process; whoever waits is told by the statement or the bound.
  connection.on('error', () => undefined)
  try {
    return await bounded(beat(connection, work))
  } finally {
    await bounded(connection.end()).catch(() => connection.destroy())
  }
}

async function beat<T>(
  connection: Connection,
  work: (master: Kysely<MasterTables>) => Promise<T>,
): Promise<T> {
  await connection.query(`SET innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`)
  return work(masterOn(connection))
}

/** The control plane over a connection that somebody else opened. */
export function masterOn(connection: Connection): Kysely<MasterTables> {
  return new Kysely<MasterTables>({ dialect: makeDialect(poolOfOne(connection)) })
}

function bounded<T>(work: Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const timer = setTimeout(
    () => reject(new DatabaseError('SERVER_UNAVAILABLE', 'the control plane did not answer a heartbeat')),
    HEARTBEAT_TIMEOUT_MS,
  )
  work.then(resolve, reject).finally(() => clearTimeout(timer))
  return promise
}
