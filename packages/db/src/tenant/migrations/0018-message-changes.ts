import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'

const MESSAGE_VERSIONS = sql`CREATE TABLE IF NOT EXISTS message_versions (
  message_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  revision INT UNSIGNED NOT NULL,
  body TEXT NOT NULL,
  replaced_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  replaced_at DATETIME(3) NOT NULL,
  PRIMARY KEY (message_id, revision),
  CONSTRAINT message_versions_message FOREIGN KEY (message_id) REFERENCES messages (id) ON DELETE CASCADE
)`

/** Messages that are edited or deleted, with what stood there before. */
export const messageChanges: Migration = {
  async up(db: Kysely<unknown>) {
    const table = 'messages'
    await addColumn(db, { table, column: 'revision', definition: sql`INT UNSIGNED NOT NULL DEFAULT 0` })
    await addColumn(db, { table, column: 'edited_at', definition: sql`DATETIME(3) NULL` })
    await addColumn(db, { table, column: 'deleted_at', definition: sql`DATETIME(3) NULL` })
    await MESSAGE_VERSIONS.execute(db)
  },
}
