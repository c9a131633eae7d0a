import { AccountUnusable } from './server-error.ts'
import type { Login } from './driver.ts'

/** What every session of ours starts with. A handoff and a reset both lose it. */
const TIME_ZONE = '+00:00'
const ISOLATION = 'READ-COMMITTED'
const SQL_MODE = ['STRICT_TRANS_TABLES', 'ERROR_FOR_DIVISION_BY_ZERO', 'NO_ENGINE_SUBSTITUTION']
/** Part of MariaDB's default, without effect on us; MySQL 8 does not know it. */
const SQL_MODE_IGNORED = 'NO_AUTO_CREATE_USER'
/** The one that every database is created with. */
export const COLLATION = 'utf8mb4_unicode_520_ci'

export interface SessionRow {
  account: string
  db: string | null
  zone: string
  mode: string
  isolation: string
  client: string
  collation: string
}

/** MariaDB 10.11 and MySQL 8 name the isolation level differently. */
export type IsolationVariable = 'tx_isolation' | 'transaction_isolation'

export function isolationVariable(version: string): IsolationVariable {
  return version.includes('MariaDB') ? 'tx_isolation' : 'transaction_isolation'
}

/** One round trip asks who we are and whether the defaults are there already. */
export function proofSql(isolation: IsolationVariable): string {
  return `select current_user() as account, database() as db, @@time_zone as zone, @@sql_mode as mode, @@${isolation} as isolation, @@character_set_client as client, @@collation_connection as collation`
}

/** Throws unless the server itself says that this session is the login's. */
export function proveIdentity(row: SessionRow | undefined, login: Pick<Login, 'user' | 'database'>): void {
  const user = row?.account.slice(0, row.account.lastIndexOf('@'))
  if (user === login.user && row?.db === login.database) return
  throw new AccountUnusable(
    `asked for ${login.user} in ${login.database}, but the server says ${row?.account} in ${row?.db}`,
  )
}

/** What has to be set, or undefined if the server's own defaults are ours: then a handoff saves a round trip. */
export function defaultsSql(row: SessionRow, isolation: IsolationVariable): string | undefined {
  const isRight =
    row.zone === TIME_ZONE &&
    row.isolation === ISOLATION &&
    isSameMode(row.mode) &&
    row.client === 'utf8mb4' &&
    row.collation === COLLATION
  if (isRight) return undefined
  return `set names utf8mb4 collate ${COLLATION}, time_zone = '${TIME_ZONE}', sql_mode = '${SQL_MODE.join()}', ${isolation} = '${ISOLATION}'`
}

function isSameMode(mode: string): boolean {
  const found = mode.split(',').filter((name) => name !== SQL_MODE_IGNORED)
  return found.length === SQL_MODE.length && SQL_MODE.every((name) => found.includes(name))
}
