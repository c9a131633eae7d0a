import { escape, escapeId } from 'mysql2'
import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import type { ServerAddress } from './address.ts'

export interface NewAccount {
  user: string
  password: string
  /** The only database it may touch. */
  database: string
  /** Default `rows`. */
  rights?: Rights
  /** What the server lets it have at once, whichever process asks; default: no bound of its own. */
  connectionsMax?: number
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

/** `rows`: to read and write them, for serving. `schema`: to change tables too, for migrations. */
export type Rights = 'rows' | 'schema'

const RIGHTS = {
  rows: 'SELECT, INSERT, UPDATE, DELETE',
  schema: 'SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, TRIGGER',
} as const satisfies Record<Rights, string>

/** See ensureAccount and grantRights. */
export async function createAccount(
  admin: Connection,
  account: NewAccount,
  server: ServerAddress,
): Promise<void> {
  await ensureAccount(admin, account, server)
  await grantRights(admin, account, server)
}

/**
 * An account with this password and no more connections than it may have. One that is there already is never without
 * its password: other processes may be serving with it right now.
 */
export async function ensureAccount(
  admin: Connection,
  { user, password, connectionsMax = 0 }: NewAccount,
  server: ServerAddress,
): Promise<void> {
  const name = accountName(user, server)
  const how = `IDENTIFIED BY ${escape(password)} WITH MAX_USER_CONNECTIONS ${connectionsMax}`
  const [made] = await admin.query<ResultSetHeader>(`CREATE USER IF NOT EXISTS ${name} ${how}`)
  const wasThere = made.warningStatus > 0
  if (wasThere) await admin.query(`ALTER USER ${name} ${how}`)
}

/**
 * The rights to one database and nothing else. What was granted by hand is taken away. The account is never without
 * its rights, unless somebody tampered with it.
 */
export async function grantRights(
  admin: Connection,
  { user, database, rights = 'rows' }: NewAccount,
  server: ServerAddress,
): Promise<void> {
  const name = accountName(user, server)
  const grant = `GRANT ${RIGHTS[rights]} ON ${quotePattern(database)}.* TO`
  await admin.query(`${grant} ${name}`)
  if (await hasOnly(admin, name, grant)) return
  await admin.query(`REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${name}`)
  await admin.query(`${grant} ${name}`)
}

async function hasOnly(admin: Connection, name: string, rights: string): Promise<boolean> {
  const [rows] = await admin.query<RowDataPacket[]>(`SHOW GRANTS FOR ${name}`)
  const grants = rows.flatMap((row) => Object.values(row).map(String))
  return grants.every(
    (grant) =>
      !grant.includes('WITH GRANT OPTION') &&
      (grant.startsWith('GRANT USAGE ON *.* TO') || grant.startsWith(rights)),
  )
}

export async function dropAccounts(
  admin: Connection,
  users: readonly (string | null)[],
  server: ServerAddress,
): Promise<void> {
  const names = users.flatMap((user) => (user === null ? [] : [accountName(user, server)]))
  await admin.query(`DROP USER IF EXISTS ${names.join(', ')}`)
}

/** Behind a socket everybody is `localhost`; over TCP we do not know what the server sees of us. */
export function accountName(user: string, { socketPath }: ServerAddress): string {
  return `${escape(user)}@${escape(socketPath === undefined ? '%' : 'localhost')}`
}

export function quoteName(name: string): string {
  return escapeId(name, true)
}

/** In a GRANT the database is a pattern: an unescaped `_` would let in every name that differs just there. */
function quotePattern(database: string): string {
  return quoteName(database.replace(/[_%\\]/g, '\\$&'))
}
