import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'

const statements = [
  sql`CREATE TABLE IF NOT EXISTS secret_keys (
    version INT UNSIGNED NOT NULL PRIMARY KEY,
    wrapped_key VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME(3) NOT NULL
  )`,
  sql`CREATE TABLE IF NOT EXISTS retired_accounts (
    account_name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    drop_after DATETIME(3) NOT NULL
  )`,
]

/** The keys that passwords are sealed under, sealed themselves, and the accounts that were replaced by others. */
export const secretKeys: Migration = {
  async up(db: Kysely<unknown>) {
    const definition = sql`INT UNSIGNED NOT NULL DEFAULT 1`
    await addColumn(db, { table: 'tenants', column: 'account_version', definition })
    for (const statement of statements) await statement.execute(db)
  },
}
