import { TERM_LENGTH_MAX, type TenantTables } from '@sarai/db'
import { type Expression, type Kysely, type SqlBool, sql } from 'kysely'
import { escapeLike, LIKE_ESCAPE } from '../like.ts'
import { phonePrefixes, type Search } from './search.ts'

/** So few are fetched one by one at once: a millisecond for 500. Of more, most pages are full after a walk. */
export const CANDIDATES_MAX = 3_000
/** So many are still fetched sooner than 100,000 customers are read in a row. */
export const CANDIDATES_AFTER_WALK_MAX = 40_000
/** Words of one search whose frequency is asked for; the others are only compared. */
const WORDS_COUNTED_MAX = 6

/**
 * The beginnings of words that lead to every customer a search can find and to few others; undefined if each of its words
 * leads to more than `max` terms. One statement, of index entries alone:
 * SELECT COUNT(*) FROM (SELECT 1 FROM customer_terms WHERE term LIKE 'word%' LIMIT 3001)
 */
export async function chooseCandidates(
  db: Kysely<TenantTables>,
  search: Search,
  max: number,
): Promise<string[] | undefined> {
  const words = search.words.slice(0, WORDS_COUNTED_MAX).map(firstWord)
  if (words.length === 0) return undefined
  const phone = phonePrefixes(search)
  const counts = await countTerms(db, { prefixes: [...words, ...phone], max })
  const countOfPhone = counts.slice(words.length).reduce((sum, count) => sum + count, 0)
  const rarest = words.reduce((best, _word, at) => ((counts[at] ?? 0) < (counts[best] ?? 0) ? at : best), 0)
  const isFew = (counts[rarest] ?? 0) + countOfPhone <= max
  return isFew ? [words[rarest] ?? '', ...phone] : undefined
}

function firstWord(words: string): string {
  return (words.split(' ')[0] ?? '').slice(0, TERM_LENGTH_MAX)
}

async function countTerms(
  db: Kysely<TenantTables>,
  { prefixes, max }: { prefixes: readonly string[]; max: number },
): Promise<number[]> {
  const counts = prefixes.map(
    (prefix, at) => sql`
      (SELECT COUNT(*) FROM (
        SELECT 1 FROM customer_terms WHERE ${beginsTerm(prefix)} LIMIT ${sql.lit(max + 1)}
      ) AS ${sql.ref(`terms${at}`)}) AS ${sql.ref(`count${at}`)}`,
  )
  const { rows } = await sql<Record<string, number>>`SELECT ${sql.join(counts)}`.execute(db)
  return prefixes.map((_prefix, at) => Number(rows[0]?.[`count${at}`]))
}

/** The range of the primary key that a prefix is. */
export function beginsTerm(prefix: string): Expression<SqlBool> {
  return sql<SqlBool>`customer_terms.term LIKE ${`${escapeLike(prefix)}%`} ESCAPE ${sql.lit(LIKE_ESCAPE)}`
}
