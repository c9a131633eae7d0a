import { type Kysely, sql } from 'kysely'
import { TERM_LENGTH_MAX } from './customer-terms.ts'
import { foldSql, foldWordsSql } from './fold.ts'

/** Hexadecimal digits of a message's id that are its block: 28 bits of milliseconds are left, 3.1 days. */
const BLOCK_DIGITS = 5

/** The number of the block of a message with this id; as much of an id as begins it is enough. */
export function blockOf(id: string): number {
  return Number.parseInt(id.slice(0, BLOCK_DIGITS), 16)
}

/** What all ids of a block begin with. No id of it is smaller, none of a block before is as great. */
export function firstOfBlock(block: number): string {
  return block.toString(16).padStart(BLOCK_DIGITS, '0')
}

/**
 * Writes down the words of the messages behind `afterId` up to and with `throughId`, as they are now. Doing it again adds
 * nothing. The rows that are read stay as they are until the transaction ends.
 *
 * INSERT IGNORE INTO message_terms SELECT the block, each word of the folded body, the id FROM messages
 */
export async function indexMessages<Tables>(
  trx: Kysely<Tables>,
  { afterId, throughId }: { afterId: string; throughId: string },
): Promise<void> {
  await sql`
    INSERT IGNORE INTO message_terms (block, term, message_id)
    SELECT CONV(LEFT(messages.id, ${sql.lit(BLOCK_DIGITS)}), 16, 10), LEFT(words.term, ${sql.lit(TERM_LENGTH_MAX)}),
           UNHEX(REPLACE(messages.id, '-', ''))
    FROM messages
    JOIN JSON_TABLE(
      CONCAT('["', REPLACE(${sql.raw(foldWordsSql(foldSql('messages.body')))}, ' ', '","'), '"]'), '$[*]'
      COLUMNS (term VARCHAR(12000) CHARACTER SET utf8mb4 PATH '$')
    ) AS words ON words.term <> ''
    WHERE messages.id > ${afterId} AND messages.id <= ${throughId}
  `.execute(trx)
}
