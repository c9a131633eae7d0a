import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const ID = sql`CHAR(36) CHARACTER SET ascii COLLATE ascii_bin`
const WORD = sql`VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin`

const tables = [
  sql`CREATE TABLE IF NOT EXISTS jobs (
    id ${ID} NOT NULL PRIMARY KEY,
    kind ${WORD} NOT NULL,
    state ENUM('queued', 'running', 'done', 'cancelled', 'failed') NOT NULL,
    input JSON NOT NULL,
    position JSON NULL,
    done INT UNSIGNED NOT NULL DEFAULT 0,
    refused INT UNSIGNED NOT NULL DEFAULT 0,
    total INT UNSIGNED NULL,
    result JSON NULL,
    failure JSON NULL,
    attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
    requested_by ${ID} NOT NULL,
    requester JSON NOT NULL,
    undo_of ${ID} NULL,
    cancel_requested_at DATETIME(3) NULL,
    lease_owner ${ID} NULL,
    lease_until DATETIME(3) NULL,
    created_at DATETIME(3) NOT NULL,
    started_at DATETIME(3) NULL,
    finished_at DATETIME(3) NULL,
    UNIQUE KEY jobs_undo_of (undo_of),
    KEY jobs_open (state, created_at),
    KEY jobs_requested (requested_by, created_at, id)
  )`,
  sql`CREATE TABLE IF NOT EXISTS job_items (
    job_id ${ID} NOT NULL,
    position INT UNSIGNED NOT NULL,
    entity_id ${ID} NULL,
    outcome ${WORD} NULL,
    reason ${WORD} NULL,
    details JSON NULL,
    PRIMARY KEY (job_id, position),
    KEY job_items_outcome (job_id, outcome, position),
    CONSTRAINT job_items_job FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE
  )`,
]

/** Work in the background, and what became of each of its rows. */
export const jobs: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of tables) await statement.execute(db)
  },
}
