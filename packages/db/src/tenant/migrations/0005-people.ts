import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { AUDIT_TABLE, keepAppendOnly } from '../../audit-trail.ts'

const statements = [
  sql`CREATE TABLE IF NOT EXISTS invitations (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    email VARCHAR(254) NOT NULL,
    role_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    invited_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    is_mailed TINYINT(1) NOT NULL DEFAULT 0,
    created_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    accepted_at DATETIME(3) NULL,
    accepted_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    revoked_at DATETIME(3) NULL,
    UNIQUE KEY invitations_token (token_hash),
    KEY invitations_role (role_id),
    KEY invitations_email (email),
    CONSTRAINT invitations_role FOREIGN KEY (role_id) REFERENCES roles (id) ON DELETE CASCADE
  )`,
  AUDIT_TABLE,
]

/** Invitations, and the record of who did what. */
export const people: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await statement.execute(db)
    await keepAppendOnly(db)
  },
}
