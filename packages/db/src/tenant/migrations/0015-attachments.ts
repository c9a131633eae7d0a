import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const ATTACHMENTS = sql`CREATE TABLE IF NOT EXISTS attachments (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  message_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  position TINYINT UNSIGNED NOT NULL DEFAULT 0,
  uploaded_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(200) NOT NULL,
  media_type VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bytes INT UNSIGNED NOT NULL,
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  width SMALLINT UNSIGNED NULL,
  height SMALLINT UNSIGNED NULL,
  created_at DATETIME(3) NOT NULL,
  stored_at DATETIME(3) NULL,
  discarded_at DATETIME(3) NULL,
  KEY attachments_message (message_id, created_at),
  CONSTRAINT attachments_message_row FOREIGN KEY (message_id) REFERENCES messages (id)
)`

/** Files beside messages; the bytes are in the file store. */
export const attachments: Migration = {
  async up(db: Kysely<unknown>) {
    await ATTACHMENTS.execute(db)
  },
}
