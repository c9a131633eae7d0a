import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  /** What was changed in the control plane, for the other processes. Kept for a day. */
  sql`CREATE TABLE IF NOT EXISTS control_changes (
    seq BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    payload JSON NOT NULL,
    created_at DATETIME(3) NOT NULL,
    KEY control_changes_created (created_at)
  )`,
  /** One row, whose lock makes seq follow commit order. */
  sql`CREATE TABLE IF NOT EXISTS control_counter (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    last_seq BIGINT UNSIGNED NOT NULL
  )`,
  sql`INSERT IGNORE INTO control_counter (id, last_seq) VALUES (1, 0)`,
]

export const controlChanges: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await statement.execute(db)
  },
}
