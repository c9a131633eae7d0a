import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Each time that somebody set out to bring a tenant to another schema; what is known of the times before comes along. */
export const migrationRuns: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE IF NOT EXISTS tenant_migration_runs (
      id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      tenant_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      from_version INT UNSIGNED NOT NULL,
      to_version INT UNSIGNED NOT NULL,
      state ENUM('running', 'done', 'failed') NOT NULL,
      attempt INT UNSIGNED NOT NULL,
      error VARCHAR(500) NULL,
      started_at DATETIME(3) NOT NULL,
      ended_at DATETIME(3) NULL,
      KEY tenant_migration_runs_of (tenant_id, id),
      CONSTRAINT tenant_migration_runs_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
    )`.execute(db)
    // The ids of the tenants: there is one row for each, older than every row to come.
    await sql`INSERT IGNORE INTO tenant_migration_runs
      (id, tenant_id, from_version, to_version, state, attempt, error, started_at, ended_at)
      SELECT tenant_id, tenant_id, from_version, target_version, state, attempts, error, started_at, ended_at
      FROM tenant_migrations WHERE started_at IS NOT NULL AND state IN ('done', 'failed')`.execute(db)
  },
}
