import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const notificationSettings: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE IF NOT EXISTS notification_settings (
      user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      settings JSON NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      CONSTRAINT notification_settings_member FOREIGN KEY (user_id) REFERENCES members (user_id) ON DELETE CASCADE
    )`.execute(db)
  },
}
