import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Tenants that are taken out into an archive, in again, or copied: how far each is, and what came of it. */
export const tenantTransfers: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE IF NOT EXISTS tenant_transfers (
      id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      kind ENUM('export', 'import', 'clone') NOT NULL,
      state ENUM('running', 'done', 'failed', 'cancelled') NOT NULL,
      from_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
      into_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
      requested_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
      requester VARCHAR(254) NOT NULL,
      step VARCHAR(20) CHARACTER SET ascii NULL,
      step_table VARCHAR(64) CHARACTER SET ascii NULL,
      done BIGINT UNSIGNED NOT NULL DEFAULT 0,
      total BIGINT UNSIGNED NULL,
      result MEDIUMTEXT NULL,
      failure TEXT NULL,
      archive_until DATETIME(3) NULL,
      cancel_asked_at DATETIME(3) NULL,
      started_at DATETIME(3) NOT NULL,
      heard_at DATETIME(3) NOT NULL,
      ended_at DATETIME(3) NULL,
      KEY tenant_transfers_state (state, heard_at),
      KEY tenant_transfers_from (from_key, id),
      KEY tenant_transfers_into (into_key, id),
      KEY tenant_transfers_archive (archive_until)
    )`.execute(db)
  },
}
