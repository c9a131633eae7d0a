import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const TENANT_REMAINS = sql`CREATE TABLE IF NOT EXISTS tenant_remains (
  tenant_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  deleted_at DATETIME(3) NOT NULL
)`

/** Tenants that are deleted, while something of theirs outside the database may be left. */
export const tenantRemains: Migration = {
  async up(db: Kysely<unknown>) {
    await TENANT_REMAINS.execute(db)
  },
}
