import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'
import { addIndex } from '../../add-index.ts'
import { foldWordsSql } from '../fold.ts'

const ID = sql`CHAR(36) CHARACTER SET ascii COLLATE ascii_bin`
const NAME = sql.raw(
  `VARCHAR(240) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin AS (${foldWordsSql("IFNULL(folded_name, '')")}) STORED`,
)
const COLUMNS = [
  { table: 'customers', column: 'name_words', definition: NAME },
  { table: 'customers', column: 'merged_into', definition: sql`${ID} NULL` },
  {
    table: 'workspace_profile',
    column: 'country',
    definition: sql`CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'PK'`,
  },
]
/** Each has all that looking for duplicates asks, so that no row is looked up for it. */
const INDEXES = {
  customers_merged: sql`(merged_into)`,
  customers_same_name: sql`(archived_at, name_words)`,
  customers_same_phone: sql`(phone, merged_into, archived_at)`,
  customers_same_email: sql`(folded_email, merged_into, archived_at)`,
}
const tables = [
  sql`CREATE TABLE IF NOT EXISTS customer_merges (
    id ${ID} NOT NULL PRIMARY KEY,
    survivor_id ${ID} NOT NULL,
    details JSON NOT NULL,
    merged_by ${ID} NOT NULL,
    merged_at DATETIME(3) NOT NULL,
    undone_by ${ID} NULL,
    undone_at DATETIME(3) NULL,
    KEY customer_merges_survivor (survivor_id, merged_at)
  )`,
  sql`CREATE TABLE IF NOT EXISTS customer_merge_moves (
    merge_id ${ID} NOT NULL,
    conversation_id ${ID} NOT NULL,
    from_id ${ID} NOT NULL,
    PRIMARY KEY (merge_id, conversation_id),
    CONSTRAINT customer_merge_moves_merge FOREIGN KEY (merge_id) REFERENCES customer_merges (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS customer_distinctions (
    one_id ${ID} NOT NULL,
    other_id ${ID} NOT NULL,
    said_by ${ID} NOT NULL,
    said_at DATETIME(3) NOT NULL,
    PRIMARY KEY (one_id, other_id),
    KEY customer_distinctions_other (other_id),
    CONSTRAINT customer_distinctions_one FOREIGN KEY (one_id) REFERENCES customers (id) ON DELETE CASCADE,
    CONSTRAINT customer_distinctions_other FOREIGN KEY (other_id) REFERENCES customers (id) ON DELETE CASCADE
  )`,
]

/** Who may be the same person, who is not, who was merged into whom, and whose way of writing phone numbers is meant. */
export const duplicates: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of COLUMNS) await addColumn(db, column)
    for (const [index, columns] of Object.entries(INDEXES)) {
      await addIndex(db, { table: 'customers', index, columns })
    }
    for (const statement of tables) await statement.execute(db)
  },
}
