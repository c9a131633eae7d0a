import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const ID = sql`CHAR(36) CHARACTER SET ascii COLLATE ascii_bin`

const tables = [
  sql`CREATE TABLE IF NOT EXISTS macros (
    id ${ID} NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    acts JSON NOT NULL,
    created_at DATETIME(3) NOT NULL,
    UNIQUE KEY macros_name (name)
  )`,
  sql`CREATE TABLE IF NOT EXISTS act_runs (
    id ${ID} NOT NULL PRIMARY KEY,
    source ENUM('macro', 'rule') NOT NULL,
    source_id ${ID} NOT NULL,
    source_name VARCHAR(60) NOT NULL,
    conversation_id ${ID} NOT NULL,
    actor_id ${ID} NULL,
    trigger_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    acts JSON NOT NULL,
    was JSON NULL,
    became JSON NULL,
    refusal VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_at DATETIME(3) NOT NULL,
    undone_at DATETIME(3) NULL,
    UNIQUE KEY act_runs_once (conversation_id, source_id, trigger_key),
    KEY act_runs_source (source_id, id),
    KEY act_runs_conversation (conversation_id, id),
    KEY act_runs_created (created_at),
    CONSTRAINT act_runs_conversation FOREIGN KEY (conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
  )`,
]

/** Several things done to a conversation at once, under a name; and what was done by whom, once for each trigger. */
export const macros: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of tables) await statement.execute(db)
  },
}
