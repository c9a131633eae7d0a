import { escape, escapeId } from 'mysql2'
import type { Connection, RowDataPacket } from 'mysql2/promise'
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
 * An account that may read and write rows of one database and nothing else. Of one that exists already, what was
 * granted by hand is taken away. The account is never without its password nor, unless somebody tampered with
 * it, without its rights: other processes may be serving with it right now.
 */
export async function createAccount(
  admin: Connection,
  account: NewAccount,
  server: ServerAddress,
): Promise<void> {
  const name = accountName(account.user, server)
  const password = escape(account.password)
  const rights = `${RIGHTS} ON ${quotePattern(account.database)}.* TO`
  await admin.query(`CREATE USER IF NOT EXISTS ${name} IDENTIFIED BY ${password}`)
  await admin.query(`ALTER USER ${name} IDENTIFIED BY ${password}`)
  await admin.query(`${rights} ${name}`)
  if (await hasOnly(admin, name, rights)) return
  await admin.query(`REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${name}`)
  await admin.query(`${rights} ${name}`)
}

const RIGHTS = 'GRANT SELECT, INSERT, UPDATE, DELETE'

async function hasOnly(admin: Connection, name: string, rights: string): Promise<boolean> {
  const [rows] = await admin.query<RowDataPacket[]>(`SHOW GRANTS FOR ${name}`)
  const grants = rows.flatMap((row) => Object.values(row).map(String))
  return grants.every(
    (grant) =>
      !grant.includes('WITH GRANT OPTION') &&
      (grant.startsWith('GRANT USAGE ON *.* TO') || grant.startsWith(rights)),
  )
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
