import { Kysely, MysqlAdapter, type MysqlPool, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Connection as RawConnection } from 'mysql2'
import type { Connection } from 'mysql2/promise'
import { makeDialect } from './dialect.ts'
import { quoteName } from './server/account.ts'

const LOCK_TIMEOUT_SECONDS = 60

/**
 * Runs what is missing of `migrations` on one database, one process at a time, over the administrator's connection.
 * DDL commits by itself on this server, so a migration must bear being run again after it was cut off.
 *
 * @returns the number of the newest migration, which is the schema version.
 */
export async function migrate(
  admin: Connection,
  database: string,
  migrations: Record<string, Migration>,
): Promise<number> {
  await admin.query(`USE ${quoteName(database)}`)
  const adapter = new DatabaseLockAdapter(database)
  const db = new Kysely<unknown>({
    dialect: { ...makeDialect(poolOfOne(admin)), createAdapter: () => adapter },
  })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error)
    throw error instanceof Error ? error : new Error(`${database} cannot be migrated`, { cause: error })
  return Object.keys(migrations).length
}

/** Kysely's own lock has one name for the whole server, so that tenants would wait for each other, and is not checked. */
class DatabaseLockAdapter extends MysqlAdapter {
  readonly #name: string

  constructor(database: string) {
    super()
    this.#name = `${database}.migration`
  }

  override async acquireMigrationLock(db: Kysely<unknown>): Promise<void> {
    const { rows } = await sql<{ taken: number | null }>`
      SELECT GET_LOCK(${this.#name}, ${LOCK_TIMEOUT_SECONDS}) AS taken`.execute(db)
    if (rows[0]?.taken !== 1) throw new Error(`${this.#name}: another process has the lock`)
  }

  override async releaseMigrationLock(db: Kysely<unknown>): Promise<void> {
    await sql`SELECT RELEASE_LOCK(${this.#name})`.execute(db)
  }
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
