import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const MESSAGE_MENTIONS = sql`CREATE TABLE IF NOT EXISTS message_mentions (
  message_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  conversation_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  PRIMARY KEY (message_id, user_id),
  KEY message_mentions_member (user_id, conversation_id),
  CONSTRAINT message_mentions_message FOREIGN KEY (message_id) REFERENCES messages (id) ON DELETE CASCADE,
  CONSTRAINT message_mentions_user FOREIGN KEY (user_id) REFERENCES members (user_id)
)`

/** Members who are named in private notes. */
export const mentions: Migration = {
  async up(db: Kysely<unknown>) {
    await MESSAGE_MENTIONS.execute(db)
  },
}
