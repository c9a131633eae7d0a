import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const API_KEYS = sql`CREATE TABLE IF NOT EXISTS api_keys (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  hint VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  permissions VARCHAR(1024) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NULL,
  last_used_at DATETIME(3) NULL,
  revoked_at DATETIME(3) NULL,
  UNIQUE KEY api_keys_token (token_hash)
)`

/** Keys with which programs call the procedures of this tenant. */
export const apiKeys: Migration = {
  async up(db: Kysely<unknown>) {
    await API_KEYS.execute(db)
  },
}
