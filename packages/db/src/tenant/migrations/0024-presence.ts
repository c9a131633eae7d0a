import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What each process knows of who is there; a row that is not renewed counts for nothing. */
export const presence: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE IF NOT EXISTS presence_boards (
      process_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      board JSON NOT NULL,
      written_at DATETIME(3) NOT NULL
    )`.execute(db)
  },
}
