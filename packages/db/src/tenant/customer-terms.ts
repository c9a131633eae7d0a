import { type Kysely, sql } from 'kysely'

/** Of one term; a longer word is found by as much of it. */
export const TERM_LENGTH_MAX = 64

/**
 * Writes down the words by which customers are found, in place of those they had. Whoever inserts customers or changes
 * a name, company, e-mail or phone calls it in the same transaction: what no term leads to is found only where no
 * other customer is.
 *
 * DELETE FROM customer_terms …; INSERT INTO customer_terms SELECT DISTINCT the words of customers.search_text
 */
export async function indexCustomers<Tables>(trx: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const list = sql.join(ids)
  await sql`DELETE FROM customer_terms WHERE customer_id IN (${list})`.execute(trx)
  await fillTerms(trx, sql`WHERE customers.id IN (${list})`)
}

/** Words hold neither quotes nor backslashes (fold.ts), so they can be handed to the server as a list in JSON. */
export async function fillTerms<Tables>(db: Kysely<Tables>, where = sql``): Promise<void> {
  await sql`
    INSERT IGNORE INTO customer_terms (term, customer_id)
    SELECT DISTINCT LEFT(words.term, ${sql.lit(TERM_LENGTH_MAX)}), customers.id
    FROM customers
    JOIN JSON_TABLE(
      CONCAT('["', REPLACE(TRIM(customers.search_text), ' ', '","'), '"]'), '$[*]'
      COLUMNS (term VARCHAR(1200) CHARACTER SET utf8mb4 PATH '$')
    ) AS words ON words.term <> ''
    ${where}
  `.execute(db)
}
