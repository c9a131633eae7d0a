import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const ID = sql`CHAR(36) CHARACTER SET ascii COLLATE ascii_bin`

/** Lists that somebody wants to find again. */
export const savedViews: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE IF NOT EXISTS saved_views (
      id ${ID} NOT NULL PRIMARY KEY,
      kind ENUM('customer', 'conversation') NOT NULL,
      owner_id ${ID} NOT NULL,
      is_shared TINYINT NOT NULL DEFAULT 0,
      name VARCHAR(60) NOT NULL,
      content JSON NOT NULL,
      version INT UNSIGNED NOT NULL DEFAULT 1,
      deleted_at DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      KEY saved_views_kind (kind, is_shared, owner_id),
      KEY saved_views_owner (owner_id),
      CONSTRAINT saved_views_member FOREIGN KEY (owner_id) REFERENCES members (user_id) ON DELETE CASCADE
    )`.execute(db)
  },
}
