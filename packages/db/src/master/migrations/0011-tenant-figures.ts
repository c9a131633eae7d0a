import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** How large each tenant is and how much happens in it, as it was measured last. */
export const tenantFigures: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE IF NOT EXISTS tenant_figures (
      tenant_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      size_bytes BIGINT UNSIGNED NOT NULL,
      changes_last_day INT UNSIGNED NOT NULL,
      written_at DATETIME(3) NULL,
      measured_at DATETIME(3) NOT NULL,
      CONSTRAINT tenant_figures_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
    )`.execute(db)
  },
}
