import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addIndex } from '../../add-index.ts'

const ID = sql`CHAR(36) CHARACTER SET ascii COLLATE ascii_bin`
const HASH = sql`CHAR(64) CHARACTER SET ascii COLLATE ascii_bin`
const DIGEST = sql`CHAR(43) CHARACTER SET ascii COLLATE ascii_bin`
const WORD = sql`VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin`

const tables = [
  sql`CREATE TABLE IF NOT EXISTS imports (
    id ${ID} NOT NULL PRIMARY KEY,
    file_name VARCHAR(200) NOT NULL,
    bytes INT UNSIGNED NOT NULL,
    encoding ${WORD} NOT NULL,
    delimiter CHAR(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    columns JSON NOT NULL,
    header_hash ${HASH} NOT NULL,
    rows_count INT UNSIGNED NOT NULL,
    created_by ${ID} NOT NULL,
    created_at DATETIME(3) NOT NULL,
    received_at DATETIME(3) NULL,
    check_job_id ${ID} NULL,
    job_id ${ID} NULL,
    cleared_at DATETIME(3) NULL,
    KEY imports_created (created_by, created_at),
    KEY imports_cleared (cleared_at, created_at)
  )`,
  sql`CREATE TABLE IF NOT EXISTS import_rows (
    import_id ${ID} NOT NULL,
    position INT UNSIGNED NOT NULL,
    cells JSON NOT NULL,
    PRIMARY KEY (import_id, position),
    CONSTRAINT import_rows_import FOREIGN KEY (import_id) REFERENCES imports (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS import_keys (
    job_id ${ID} NOT NULL,
    digest ${DIGEST} NOT NULL,
    target_id ${ID} NOT NULL,
    target JSON NOT NULL,
    PRIMARY KEY (job_id, digest, target_id),
    CONSTRAINT import_keys_job FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS import_mappings (
    header_hash ${HASH} NOT NULL PRIMARY KEY,
    mapping JSON NOT NULL,
    saved_at DATETIME(3) NOT NULL
  )`,
]

/** Files of customers, read into rows, and how their columns were understood. */
export const imports: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of tables) await statement.execute(db)
    await addIndex(db, {
      table: 'job_items',
      index: 'job_items_entity',
      columns: sql`(job_id, entity_id, position)`,
    })
  },
}
