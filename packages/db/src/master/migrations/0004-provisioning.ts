import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'

const SECRET = sql`VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NULL`
const NAME = sql`VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL`

const statements = [
  // No tenant's key begins with a tilde: what is made ahead is in nobody's way, and every look by key passes it by.
  sql`ALTER TABLE tenants
    DROP CONSTRAINT tenants_key_form,
    ADD CONSTRAINT tenants_key_form CHECK (
      tenant_key REGEXP '^[a-z][a-z0-9-]{1,30}[a-z0-9]$' OR tenant_key REGEXP '^~[0-9a-f]{16}$'
    )`,
  sql`CREATE TABLE IF NOT EXISTS provisionings (
    tenant_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    direction ENUM('making', 'undoing') NOT NULL,
    details TEXT NOT NULL,
    attempts INT UNSIGNED NOT NULL DEFAULT 1,
    claim CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    claimed_until DATETIME(3) NULL,
    started_at DATETIME(3) NOT NULL,
    ended_at DATETIME(3) NULL,
    KEY provisionings_open (ended_at),
    CONSTRAINT provisionings_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS provisioning_steps (
    tenant_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ordinal SMALLINT UNSIGNED NOT NULL,
    state ENUM('pending', 'running', 'done', 'failed', 'undone') NOT NULL,
    error VARCHAR(500) NULL,
    started_at DATETIME(3) NULL,
    ended_at DATETIME(3) NULL,
    PRIMARY KEY (tenant_id, name),
    CONSTRAINT provisioning_steps_of FOREIGN KEY (tenant_id) REFERENCES provisionings (tenant_id) ON DELETE CASCADE
  )`,
  // What an older version left half-made has no record of how far it came: it is taken back.
  sql`INSERT IGNORE INTO provisionings (tenant_id, direction, details, started_at)
    SELECT id, 'undoing', '{}', created_at FROM tenants WHERE status = 'provisioning'`,
]

/** How far the making of each tenant has come, and the account that its migrations run as. */
export const provisioning: Migration = {
  async up(db: Kysely<unknown>) {
    await addColumn(db, { table: 'tenants', column: 'migrator_name', definition: NAME })
    await addColumn(db, { table: 'tenants', column: 'migrator_secret', definition: SECRET })
    for (const statement of statements) await statement.execute(db)
  },
}
