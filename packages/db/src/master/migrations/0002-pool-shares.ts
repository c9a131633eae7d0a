import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What each live process has borrowed of a server's connections. Rows come and go with processes. */
const statement = sql`CREATE TABLE IF NOT EXISTS pool_shares (
    process_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    server_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    host VARCHAR(255) NOT NULL,
    pid INT UNSIGNED NOT NULL,
    share INT UNSIGNED NOT NULL,
    held INT UNSIGNED NOT NULL,
    wanted INT UNSIGNED NOT NULL,
    heartbeat_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    PRIMARY KEY (server_id, process_id)
  )`

export const poolShares: Migration = {
  async up(db: Kysely<unknown>) {
    await statement.execute(db)
  },
}
