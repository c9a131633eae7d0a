import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const ID = sql`CHAR(36) CHARACTER SET ascii COLLATE ascii_bin`

const statements = [
  sql`CREATE TABLE IF NOT EXISTS rules (
    id ${ID} NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    is_on TINYINT(1) NOT NULL,
    position SMALLINT UNSIGNED NOT NULL,
    happens JSON NOT NULL,
    conditions JSON NOT NULL,
    acts JSON NOT NULL,
    since_seq BIGINT UNSIGNED NOT NULL,
    waited_at DATETIME(3) NOT NULL,
    waited_id ${ID} NOT NULL DEFAULT '',
    stopped_at DATETIME(3) NULL,
    stopped_in ${ID} NULL,
    created_at DATETIME(3) NOT NULL,
    UNIQUE KEY rules_name (name)
  )`,
  sql`CREATE TABLE IF NOT EXISTS rule_position (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    seq BIGINT UNSIGNED NOT NULL,
    lease_owner ${ID} NULL,
    lease_until DATETIME(3) NULL
  )`,
  sql`INSERT IGNORE INTO rule_position (id, seq) VALUES (1, 0)`,
]

/** When something happens, if it is so, then do: and how far the changes of the tenant have been looked at. */
export const rules: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await statement.execute(db)
  },
}
