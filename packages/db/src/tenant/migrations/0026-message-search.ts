import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const tables = [
  sql`CREATE TABLE IF NOT EXISTS message_terms (
    block MEDIUMINT UNSIGNED NOT NULL,
    term VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    message_id BINARY(16) NOT NULL,
    PRIMARY KEY (block, term, message_id)
  )`,
  sql`CREATE TABLE IF NOT EXISTS message_terms_mark (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    through_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
  )`,
  sql`INSERT IGNORE INTO message_terms_mark (id, through_id) VALUES (1, '')`,
]

/** What messages are found by. Empty at first: a chore fills it, and a search reads the messages that it has not come to. */
export const messageSearch: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of tables) await statement.execute(db)
  },
}
