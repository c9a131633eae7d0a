import { escape, escapeId } from 'mysql2'
import type { Connection } from 'mysql2/promise'
import type { ServerAddress } from './address.ts'

export interface NewAccount {
  user: string
  password: string
  /** The only database it may touch. */
  database: string
}

/** Collation of every database: exists on MariaDB and MySQL and tells supplementary characters apart. */
const COLLATION = 'utf8mb4_unicode_520_ci'

export async function createDatabase(admin: Connection, name: string): Promise<void> {
  await admin.query(
    `CREATE DATABASE IF NOT EXISTS ${quoteName(name)} CHARACTER SET utf8mb4 COLLATE ${COLLATION}`,
  )
}

export async function dropDatabase(admin: Connection, name: string): Promise<void> {
  await admin.query(`DROP DATABASE IF EXISTS ${quoteName(name)}`)
}

/**
 * An account that may read and write rows of one database and nothing else. Every other privilege is taken
 * from one that exists already, so that a grant made by hand does not outlive a restart.
 */
export async function createAccount(
  admin: Connection,
  account: NewAccount,
  server: ServerAddress,
): Promise<void> {
  const name = accountName(account.user, server)
  await admin.query(`CREATE USER IF NOT EXISTS ${name}`)
  await admin.query(`ALTER USER ${name} IDENTIFIED BY ${escape(account.password)}`)
  await admin.query(`REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${name}`)
  await admin.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${quotePattern(account.database)}.* TO ${name}`)
}

export async function dropAccount(admin: Connection, user: string, server: ServerAddress): Promise<void> {
  await admin.query(`DROP USER IF EXISTS ${accountName(user, server)}`)
}

/** Behind a socket everybody is `localhost`; over TCP we do not know what the server sees of us. */
function accountName(user: string, { socketPath }: ServerAddress): string {
  return `${escape(user)}@${escape(socketPath === undefined ? '%' : 'localhost')}`
}

export function quoteName(name: string): string {
  return escapeId(name, true)
}

/** In a GRANT the database is a pattern: an unescaped `_` would let in every name that differs just there. */
function quotePattern(database: string): string {
  return quoteName(database.replace(/[_%\\]/g, '\\$&'))
}
