import { Kysely, type MysqlPool, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Connection as RawConnection } from 'mysql2'
import type { Connection } from 'mysql2/promise'
import { makeDialect } from './dialect.ts'
import { quoteName } from './server/account.ts'

const LOCK_TIMEOUT_SECONDS = 60

export interface MigrateOrder {
  migrations: Record<string, Migration>
  /** For a process that is migrating the same database. Default 60. */
  lockTimeoutSeconds?: number | undefined
}

/** Another process is migrating the same database. */
export class MigrationLocked extends Error {}

/**
 * Runs what is missing of `migrations` on one database, one process at a time, over a connection that may change its
 * tables. DDL commits by itself on this server, so a migration must bear being run again after it was cut off; one that
 * only writes rows is committed together with the record of it.
 *
 * What the database has beyond `migrations` is left alone: a newer version of this code has been here.
 *
 * @returns the number of the newest migration, which is the schema version.
 */
export async function migrate(
  connection: Connection,
  database: string,
  { migrations, lockTimeoutSeconds = LOCK_TIMEOUT_SECONDS }: MigrateOrder,
): Promise<number> {
  await connection.query(`USE ${quoteName(database)}`)
  const db = new Kysely<Recorded>({ dialect: makeDialect(poolOfOne(connection)) })
  const lock = `${database}.migration`
  await takeLock(db, lock, lockTimeoutSeconds)
  try {
    const applied = await readApplied(db)
    const missing = Object.entries(migrations).filter(([name]) => !applied.has(name))
    for (const [name, migration] of missing) await run(db, name, migration)
    return Math.max(applied.size, Object.keys(migrations).length)
  } finally {
    await sql`SELECT RELEASE_LOCK(${lock})`.execute(db)
  }
}

/** As Kysely's own Migrator keeps it, which made the first ones. */
interface Recorded {
  kysely_migration: { name: string; timestamp: string }
}

/** Named after the database: tenants do not wait for each other. */
async function takeLock(db: Kysely<Recorded>, lock: string, timeoutSeconds: number): Promise<void> {
  const { rows } = await sql<{ taken: number | null }>`
    SELECT GET_LOCK(${lock}, ${timeoutSeconds}) AS taken`.execute(db)
  if (rows[0]?.taken !== 1) throw new MigrationLocked(`${lock}: another process has the lock`)
}

async function readApplied(db: Kysely<Recorded>): Promise<Set<string>> {
  await sql`CREATE TABLE IF NOT EXISTS kysely_migration (
    name VARCHAR(255) NOT NULL PRIMARY KEY,
    timestamp VARCHAR(255) NOT NULL
  )`.execute(db)
  const rows = await db.selectFrom('kysely_migration').select('name').execute()
  return new Set(rows.map(({ name }) => name))
}

async function run(db: Kysely<Recorded>, name: string, migration: Migration): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await migration.up(trx)
    const row = { name, timestamp: new Date().toISOString() }
    await trx.insertInto('kysely_migration').values(row).execute()
  })
}

/** Kysely wants a pool; this runs on the one connection that the caller opened and will close. */
export function poolOfOne(admin: Connection): MysqlPool {
  const { connection } = admin as Connection & { connection: RawConnection }
  return {
    getConnection(callback) {
      callback(undefined, {
        config: {},
        threadId: admin.threadId,
        connect: () => undefined,
        destroy: () => admin.destroy(),
        query: connection.query.bind(connection),
        release: () => undefined,
      })
    },
    end: (callback) => callback(undefined),
  }
}
