import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'
import { addIndex } from '../../add-index.ts'

const ID = sql`CHAR(36) CHARACTER SET ascii COLLATE ascii_bin`

const merges = sql`CREATE TABLE IF NOT EXISTS conversation_merges (
  id ${ID} NOT NULL PRIMARY KEY,
  merged_id ${ID} NOT NULL,
  survivor_id ${ID} NOT NULL,
  details JSON NOT NULL,
  merged_by ${ID} NOT NULL,
  merged_at DATETIME(3) NOT NULL,
  undone_by ${ID} NULL,
  undone_at DATETIME(3) NULL,
  KEY conversation_merges_merged (merged_id, undone_at),
  KEY conversation_merges_survivor (survivor_id, undone_at),
  CONSTRAINT conversation_merges_merged FOREIGN KEY (merged_id) REFERENCES conversations (id),
  CONSTRAINT conversation_merges_survivor FOREIGN KEY (survivor_id) REFERENCES conversations (id)
)`

/** Conversations that became a part of another. No foreign key from one row to another: an import brings them in any order. */
export const conversationMerges: Migration = {
  async up(db: Kysely<unknown>) {
    await addColumn(db, { table: 'conversations', column: 'merged_into', definition: sql`${ID} NULL` })
    await addIndex(db, {
      table: 'conversations',
      index: 'conversations_merged',
      columns: sql`(merged_into, created_at)`,
    })
    await merges.execute(db)
    await sql`ALTER TABLE conversation_events MODIFY COLUMN kind
      ENUM('created', 'assigned', 'unassigned', 'snoozed', 'resolved', 'reopened', 'merged', 'separated') NOT NULL`.execute(
      db,
    )
  },
}
