import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  sql`CREATE TABLE IF NOT EXISTS workspace_profile (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    language ENUM('en', 'ur') NULL,
    time_zone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    week_starts_on TINYINT UNSIGNED NOT NULL,
    updated_at DATETIME(3) NULL,
    updated_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL
  )`,
  sql`INSERT IGNORE INTO workspace_profile (id, time_zone, week_starts_on) VALUES (1, 'UTC', 0)`,
]

export const workspaceProfile: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await statement.execute(db)
  },
}
