import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'
import { addIndex } from '../../add-index.ts'

const ID = sql`CHAR(36) CHARACTER SET ascii COLLATE ascii_bin`

const tables = [
  sql`CREATE TABLE IF NOT EXISTS labels (
    id ${ID} NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    color VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'gray',
    created_at DATETIME(3) NOT NULL,
    UNIQUE KEY labels_name (name)
  )`,
  sql`CREATE TABLE IF NOT EXISTS conversation_labels (
    conversation_id ${ID} NOT NULL,
    label_id ${ID} NOT NULL,
    PRIMARY KEY (conversation_id, label_id),
    KEY conversation_labels_label (label_id, conversation_id),
    CONSTRAINT conversation_labels_conversation FOREIGN KEY (conversation_id) REFERENCES conversations (id) ON DELETE CASCADE,
    CONSTRAINT conversation_labels_label FOREIGN KEY (label_id) REFERENCES labels (id) ON DELETE CASCADE
  )`,
]

/** What conversations are sorted by: labels of the tenant's own, and how urgent they are. */
export const labels: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of tables) await statement.execute(db)
    await addColumn(db, {
      table: 'conversations',
      column: 'priority',
      definition: sql`TINYINT UNSIGNED NOT NULL DEFAULT 0`,
    })
    await addIndex(db, {
      table: 'conversations',
      index: 'conversations_priority',
      columns: sql`(status, priority, updated_at, id)`,
    })
  },
}
