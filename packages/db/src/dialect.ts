import {
  type Dialect,
  type Kysely,
  MysqlAdapter,
  MysqlDriver,
  MysqlIntrospector,
  type MysqlPool,
  type MysqlPoolConnection,
  MysqlQueryCompiler,
} from 'kysely'
import { toDatabaseError } from './statement-error.ts'

// Neither knows a connection, and compiling is synchronous, so one of each serves every scope.
const adapter = new MysqlAdapter()
const compiler = new MysqlQueryCompiler()

/**
 * Kysely's MySQL dialect over a pool of ours, cheap enough to be made for each scope: only the driver is new.
 * Connection-level errors of statements come out as DatabaseErrors.
 */
export function makeDialect(pool: MysqlPool, tenant?: string): Dialect {
  return {
    createDriver: () => new MysqlDriver({ pool: withMappedErrors(pool, tenant) }),
    createAdapter: () => adapter,
    createQueryCompiler: () => compiler,
    createIntrospector: (db: Kysely<unknown>) => new MysqlIntrospector(db),
  }
}

function withMappedErrors(pool: MysqlPool, tenant: string | undefined): MysqlPool {
  return {
    getConnection(callback) {
      pool.getConnection((error, connection) => {
        if (error) callback(toDatabaseError(error, tenant), connection)
        else callback(undefined, mapConnection(connection, tenant))
      })
    },
    end: (callback) => pool.end(callback),
  }
}

/** Streams go through as they are: their errors reach the reader of the stream. */
function mapConnection(connection: MysqlPoolConnection, tenant: string | undefined): MysqlPoolConnection {
  return {
    config: connection.config,
    threadId: connection.threadId,
    connect: (callback) => connection.connect(callback),
    destroy: () => connection.destroy(),
    release: () => connection.release(),
    query(statement, parameters: unknown, callback) {
      if (!callback) return connection.query(statement, parameters)
      return connection.query(statement, parameters, (error, result) => {
        callback(error ? toDatabaseError(error, tenant) : undefined, result)
      })
    },
  }
}
