import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'

const statements = [
  sql`CREATE TABLE IF NOT EXISTS rollouts (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    target_version INT UNSIGNED NOT NULL,
    state ENUM('running', 'done', 'stopped') NOT NULL,
    reason VARCHAR(500) NULL,
    tenants INT UNSIGNED NOT NULL,
    wave SMALLINT UNSIGNED NOT NULL DEFAULT 1,
    waves SMALLINT UNSIGNED NOT NULL,
    started_at DATETIME(3) NOT NULL,
    heard_at DATETIME(3) NOT NULL,
    ended_at DATETIME(3) NULL
  )`,
  sql`CREATE TABLE IF NOT EXISTS tenant_migrations (
    tenant_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    rollout_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state ENUM('pending', 'running', 'done', 'failed') NOT NULL,
    wave SMALLINT UNSIGNED NOT NULL,
    from_version INT UNSIGNED NOT NULL,
    target_version INT UNSIGNED NOT NULL,
    attempts INT UNSIGNED NOT NULL DEFAULT 0,
    error VARCHAR(500) NULL,
    started_at DATETIME(3) NULL,
    ended_at DATETIME(3) NULL,
    KEY tenant_migrations_of (rollout_id, state),
    CONSTRAINT tenant_migrations_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
  )`,
  // That a tenant is closed while it is migrated follows from its version now.
  sql`UPDATE tenants SET status = 'active' WHERE status = 'migrating'`,
]

/** How far each tenant is on the way to the newest schema, and who may serve it meanwhile. */
export const rollouts: Migration = {
  async up(db: Kysely<unknown>) {
    const definition = sql`INT UNSIGNED NOT NULL DEFAULT 0`
    await addColumn(db, { table: 'tenants', column: 'schema_floor', definition })
    for (const statement of statements) await statement.execute(db)
  },
}
