import { DatabaseError } from './errors.ts'

/** Before a failing server or connection is worth another try. */
export const RETRY_AFTER_MS = 1_000

/** MariaDB-only errors have no `code` in mysql2, so numbers are matched throughout. */
const ERRNO = {
  duplicateKey: 1062,
  lockWaitTimeout: 1205,
  deadlock: 1213,
  changedSinceRead: 1020,
  accessDenied: 1045,
  databaseAccessDenied: 1044,
  unknownDatabase: 1049,
  connectionKilled: 1927,
  shutdown: 1053,
} as const

const UNREACHABLE: ReadonlySet<number> = new Set([
  ERRNO.accessDenied,
  ERRNO.databaseAccessDenied,
  ERRNO.unknownDatabase,
])
const CONFLICTS: ReadonlySet<number> = new Set([
  ERRNO.lockWaitTimeout,
  ERRNO.deadlock,
  ERRNO.changedSinceRead,
])
/** Too many connections: of the server, of the account, of the account in an hour. */
const REFUSED_ERRNOS: ReadonlySet<number> = new Set([1040, 1203, 1226])
const REFUSED_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
/** The statement may or may not have run: never repeated by us. */
const LOST_ERRNOS: ReadonlySet<number> = new Set([ERRNO.connectionKilled, ERRNO.shutdown])
const LOST_CODES: ReadonlySet<string> = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
])

interface MysqlError extends Error {
  errno?: number
  code?: string
  sqlMessage?: string
  fatal?: boolean
}

function isMysqlError(error: unknown): error is MysqlError {
  return error instanceof Error && ('errno' in error || 'code' in error || 'fatal' in error)
}

/**
 * Whether a statement was refused because a unique key has the value already.
 *
 * @param key The key's name (`customers_live_email`); left out: any.
 *
 * @example
 * if (isDuplicateKey(error, 'customers_live_email')) throw conflict('email')
 */
export function isDuplicateKey(error: unknown, key?: string): boolean {
  if (!isMysqlError(error) || error.errno !== ERRNO.duplicateKey) return false
  if (key === undefined) return true
  // MySQL says 'table.key', MariaDB 'key'. The value comes earlier in the message and may contain anything.
  const named = /for key '(?:[^'.]*\.)?([^'.]+)'$/.exec(error.sqlMessage ?? error.message)?.[1]
  return named === key
}

/** Whether the server refused a statement with this number. */
export function hasErrno(error: unknown, errno: number): boolean {
  return isMysqlError(error) && error.errno === errno
}

/**
 * Whether the transaction lost against another one (deadlock, lock wait timeout, row changed since it was read) and may
 * be run again from its beginning. It has been rolled back, except after a lock wait timeout, where only the statement was.
 */
export function isRetryableConflict(error: unknown): boolean {
  return isMysqlError(error) && error.errno !== undefined && CONFLICTS.has(error.errno)
}

/**
 * Connection-level failures as DatabaseErrors; everything else as it is, because it says something about
 * the statement.
 */
export function toDatabaseError(error: unknown, tenant?: string): unknown {
  if (error instanceof DatabaseError || !isMysqlError(error)) return error
  const { errno = 0, code = '' } = error
  if (UNREACHABLE.has(errno)) {
    return new DatabaseError('TENANT_UNREACHABLE', 'the server refuses the account or lacks its database', {
      tenant,
      cause: error,
    })
  }
  if (REFUSED_ERRNOS.has(errno) || REFUSED_CODES.has(code)) {
    return new DatabaseError('SERVER_UNAVAILABLE', 'the database server accepts no connection', {
      tenant,
      retryAfterMs: RETRY_AFTER_MS,
      cause: error,
    })
  }
  if (LOST_ERRNOS.has(errno) || LOST_CODES.has(code) || isClosedConnection(error)) {
    return new DatabaseError('CONNECTION_LOST', 'the connection was lost; the statement may have run', {
      tenant,
      cause: error,
    })
  }
  return error
}

/** mysql2 gives these neither number nor code. */
function isClosedConnection(error: MysqlError): boolean {
  return error.fatal === true && /closed state|connection (?:is )?closed/i.test(error.message)
}
