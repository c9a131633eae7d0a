import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { fillTerms } from '../customer-terms.ts'
import { foldSql, foldWordsSql } from '../fold.ts'

/** Between the folded name, company and e-mail; taken out of them before. */
const UNIT = '\u001f'
const field = (column: string) => `REPLACE(IFNULL(${column}, ''), '${UNIT}', '')`
const joined = `CONCAT(${field('name')}, '${UNIT}', ${field('company')}, '${UNIT}', ${field('email')})`
const part = (at: 1 | 2 | 3) =>
  `NULLIF(TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(folded, '${UNIT}', ${at}), '${UNIT}', -1)), '')`
/** A number is looked for by its beginning, with or without a country code of one to three digits, or by its last digits. */
const phoneWords =
  "IF(phone IS NULL, '', CONCAT_WS(' ', '', SUBSTR(phone, 2), SUBSTR(phone, 3), SUBSTR(phone, 4), SUBSTR(phone, 5), CONCAT('-', REVERSE(SUBSTR(phone, 2)))))"

const TEXT = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'
// Twice the longest of each: one letter, æ, becomes two.
const addColumns = sql.raw(`ALTER TABLE customers
    ADD COLUMN folded VARCHAR(1000) ${TEXT} AS (${foldSql(joined)}) STORED,
    ADD COLUMN folded_name VARCHAR(240) ${TEXT} AS (${part(1)}) STORED,
    ADD COLUMN folded_company VARCHAR(240) ${TEXT} AS (${part(2)}) STORED,
    ADD COLUMN folded_email VARCHAR(508) ${TEXT} AS (${part(3)}) STORED,
    ADD COLUMN search_text VARCHAR(1200) ${TEXT} AS (CONCAT(' ', ${foldWordsSql('folded')}, ${phoneWords})) STORED`)
const addTerms = sql`CREATE TABLE IF NOT EXISTS customer_terms (
    term VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    customer_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (term, customer_id),
    KEY customer_terms_customer (customer_id),
    CONSTRAINT customer_terms_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
  )`

/** What customers are found by: their texts folded into one way of writing, and every word of them. */
export const customerSearch: Migration = {
  async up(db: Kysely<unknown>) {
    const { rows } = await sql`SELECT 1 FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = 'customers' AND column_name = 'folded'`.execute(db)
    if (rows.length === 0) await addColumns.execute(db)
    await addTerms.execute(db)
    await fillTerms(db)
  },
}
