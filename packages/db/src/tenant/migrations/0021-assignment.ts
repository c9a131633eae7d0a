import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  sql`CREATE TABLE IF NOT EXISTS assignment_rule (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    is_on TINYINT(1) NOT NULL DEFAULT 0,
    updated_at DATETIME(3) NOT NULL
  )`,
  sql`CREATE TABLE IF NOT EXISTS assignment_agents (
    user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    capacity SMALLINT UNSIGNED NOT NULL,
    last_assigned_at DATETIME(3) NULL,
    CONSTRAINT assignment_agents_user FOREIGN KEY (user_id) REFERENCES members (user_id)
  )`,
  sql`INSERT IGNORE INTO assignment_rule (id, is_on, updated_at) VALUES (1, 0, UTC_TIMESTAMP(3))`,
]

/** Handing out conversations in turn: off until somebody switches it on. */
export const assignment: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await statement.execute(db)
  },
}
