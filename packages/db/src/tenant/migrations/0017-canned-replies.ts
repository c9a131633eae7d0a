import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const CANNED_REPLIES = sql`CREATE TABLE IF NOT EXISTS canned_replies (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  owner_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  shortcut VARCHAR(32) NOT NULL,
  body TEXT NOT NULL,
  updated_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  UNIQUE KEY canned_replies_shortcut (owner_id, shortcut)
)`

/** Texts that are written often: each member's own, and those of the whole team. */
export const cannedReplies: Migration = {
  async up(db: Kysely<unknown>) {
    await CANNED_REPLIES.execute(db)
  },
}
