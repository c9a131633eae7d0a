import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When something is due in a tenant in which perhaps nobody is: looked at without opening its database. */
export const tenantAlarms: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE IF NOT EXISTS tenant_alarms (
      tenant_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      due_at DATETIME(3) NOT NULL,
      KEY tenant_alarms_due (due_at),
      CONSTRAINT tenant_alarms_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
    )`.execute(db)
  },
}
