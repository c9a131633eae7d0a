import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What the dashboard reads of a conversation, each in an index that has all of it: no row is looked up. */
const INDEXES = {
  conversations_resolved: sql`(resolved_at, created_at, assignee_id)`,
  conversations_answered: sql`(first_response_at, first_customer_message_at)`,
  conversations_now: sql`(status, assignee_id, waiting_since)`,
}

const tables = [
  sql`CREATE TABLE IF NOT EXISTS message_quarters (
    quarter DATETIME NOT NULL,
    author_kind ENUM('agent', 'customer', 'system') NOT NULL,
    messages INT UNSIGNED NOT NULL,
    PRIMARY KEY (quarter, author_kind)
  )`,
  sql`CREATE TABLE IF NOT EXISTS message_quarters_mark (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    through_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
  )`,
  sql`INSERT IGNORE INTO message_quarters_mark (id, through_id) VALUES (1, '')`,
]

export const dashboardCounts: Migration = {
  async up(db: Kysely<unknown>) {
    for (const [name, columns] of Object.entries(INDEXES)) {
      const { rows } = await sql`SELECT 1 FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = 'conversations' AND index_name = ${name}`.execute(db)
      if (rows.length === 0)
        await sql`ALTER TABLE conversations ADD INDEX ${sql.ref(name)} ${columns}`.execute(db)
    }
    for (const statement of tables) await statement.execute(db)
  },
}
