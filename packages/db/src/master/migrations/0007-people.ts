import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { AUDIT_TABLE, keepAppendOnly } from '../../audit-trail.ts'

const statements = [
  sql`CREATE TABLE IF NOT EXISTS password_resets (
    token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    KEY password_resets_user (user_id),
    CONSTRAINT password_resets_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS two_factors (
    user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    secret VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    last_step BIGINT UNSIGNED NOT NULL DEFAULT 0,
    created_at DATETIME(3) NOT NULL,
    confirmed_at DATETIME(3) NULL,
    CONSTRAINT two_factors_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS recovery_codes (
    user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    code_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (user_id, code_hash),
    CONSTRAINT recovery_codes_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS sign_in_challenges (
    token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    KEY sign_in_challenges_user (user_id),
    CONSTRAINT sign_in_challenges_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS attempt_counters (
    key_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    failures INT UNSIGNED NOT NULL,
    ends_at DATETIME(3) NOT NULL,
    KEY attempt_counters_end (ends_at)
  )`,
  AUDIT_TABLE,
]

/** Ways to sign in and to fail at it, and the record of who did what to the installation. */
export const people: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await statement.execute(db)
    await keepAppendOnly(db)
    await addIndex(db)
  },
}

/** Sessions that have expired are swept by their end. */
async function addIndex(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = 'sessions' AND index_name = 'sessions_expiry'`.execute(
    db,
  )
  if (rows.length === 0) await sql`ALTER TABLE sessions ADD KEY sessions_expiry (expires_at)`.execute(db)
}
