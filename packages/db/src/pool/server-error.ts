/**
 * Kinds of failure by the server's error number. `code` is undefined for what only MariaDB knows.
 */
const TOO_MANY_CONNECTIONS = new Set([1040, 1203, 1226])
/** MAX_USER_CONNECTIONS of one account. */
const ACCOUNT_FULL = 1226
/** Wrong password, no such account, no right to the database, no such database, account locked. */
const ACCOUNT_REFUSED = new Set([1044, 1045, 1049, 1698, 3118, 4151])
/** Server going down, connection killed, network read or write error on the server's side. */
const CONNECTION_GONE = new Set([1053, 1158, 1159, 1160, 1161, 1927, 2006, 2013])
const NOBODY_LISTENS = new Set(['ECONNREFUSED', 'ENOENT'])

export function isTooManyConnections(error: unknown): boolean {
  return TOO_MANY_CONNECTIONS.has(errnoOf(error))
}

/** The server has room, for others. */
export function isAccountFull(error: unknown): boolean {
  return errnoOf(error) === ACCOUNT_FULL
}

export function isAccountRefused(error: unknown): boolean {
  return error instanceof AccountUnusable || ACCOUNT_REFUSED.has(errnoOf(error))
}

/** After it nobody knows whether the statement ran, and the connection must not be used again. */
export function isConnectionGone(error: unknown): boolean {
  if (CONNECTION_GONE.has(errnoOf(error))) return true
  return typeof error === 'object' && error !== null && 'fatal' in error && error.fatal === true
}

/** The server itself said so, and closed the connection after it. */
export function isAnswer(error: unknown): boolean {
  return error instanceof AccountUnusable || errnoOf(error) > 0
}

/** No server process, so no server thread either. */
export function isNobodyListening(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && NOBODY_LISTENS.has(String(error.code))
  )
}

/** KILL of a thread that has gone (1094). */
export function isNoSuchThread(error: unknown): boolean {
  return errnoOf(error) === 1094
}

/** KILL of somebody else's thread (1095). */
export function isKillDenied(error: unknown): boolean {
  return errnoOf(error) === 1095
}

/** A variable cannot be set to this value (1231). */
export function isWrongValue(error: unknown): boolean {
  return errnoOf(error) === 1231
}

/** The account cannot be used as it is: no password, or the server says that we are somebody else. */
export class AccountUnusable extends Error {
  override name = 'AccountUnusable'
}

function errnoOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('errno' in error)) return 0
  return typeof error.errno === 'number' ? error.errno : 0
}
