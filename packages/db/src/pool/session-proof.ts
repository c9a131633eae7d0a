/** What every session of ours starts with. A handoff and a reset both lose it. */
const TIME_ZONE = '+00:00'
const ISOLATION = 'READ-COMMITTED'
const SQL_MODE = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'
/** The one that every database is created with. */
export const COLLATION = 'utf8mb4_unicode_520_ci'

/** MariaDB 10.11 and MySQL 8 name the isolation level differently. */
export type IsolationVariable = 'tx_isolation' | 'transaction_isolation'

export function isolationVariable(version: string): IsolationVariable {
  return version.includes('MariaDB') ? 'tx_isolation' : 'transaction_isolation'
}

/**
 * Sets the defaults and proves the identity in one round trip. Parameters: user, database. The server itself compares
 * them with who the session belongs to; if they differ it is told to set a mode that does not exist, and the
 * statement fails (errno 1231).
 */
export function proofSql(isolation: IsolationVariable): string {
  return `set names utf8mb4 collate ${COLLATION}, time_zone = '${TIME_ZONE}', ${isolation} = '${ISOLATION}', sql_mode = if(binary substring_index(current_user(), '@', 1) = binary ? and binary database() = binary ?, '${SQL_MODE}', 'SESSION_OF_SOMEBODY_ELSE')`
}
