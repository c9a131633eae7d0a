import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Messages that are to be sent later. A row goes when its message is sent: what was said is in `messages`. */
export const scheduledMessages: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE IF NOT EXISTS scheduled_messages (
      id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      conversation_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      author_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      client_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      body TEXT NOT NULL,
      reply_to_seq INT UNSIGNED NULL,
      seen_seq INT UNSIGNED NOT NULL,
      send_at DATETIME(3) NOT NULL,
      held_reason VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      UNIQUE KEY scheduled_messages_client (conversation_id, client_id),
      KEY scheduled_messages_due (held_reason, send_at),
      KEY scheduled_messages_author (author_id),
      CONSTRAINT scheduled_messages_conversation FOREIGN KEY (conversation_id) REFERENCES conversations (id)
    )`.execute(db)
  },
}
