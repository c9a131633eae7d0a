import { type Expression, type SqlBool, sql } from 'kysely'

/** Not the backslash, whose meaning inside a string depends on the server's sql_mode. */
export const LIKE_ESCAPE = '!'

/** The text with its wildcards taken literally, for a pattern with `ESCAPE '!'`. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[!%_]/g, (character) => LIKE_ESCAPE + character)
}

/**
 * The text itself, its wildcards taken literally, anywhere in one of the columns:
 * `(a LIKE '%text%' ESCAPE '!' OR b LIKE …)`. Give an ASCII column only ASCII text: MariaDB refuses to compare it
 * with other letters (1267).
 */
export function containsText(columns: readonly string[], text: string): Expression<SqlBool> {
  const pattern = `%${escapeLike(text)}%`
  const matches = columns.map(
    (column) => sql`${sql.ref(column)} LIKE ${pattern} ESCAPE ${sql.lit(LIKE_ESCAPE)}`,
  )
  return sql<SqlBool>`(${sql.join(matches, sql` OR `)})`
}

/**
 * The same for one utf8mb4_bin column that is looked through row by row: `CAST(a AS BINARY) LIKE …`, which finds the same
 * (no character of UTF-8 begins inside another) and saves the server from taking each text apart.
 */
export function containsBytes(column: string, text: string): Expression<SqlBool> {
  return likeBytes(column, `%${escapeLike(text)}%`)
}

/** A pattern whose wildcards stand for any bytes. */
export function likeBytes(column: string, pattern: string): Expression<SqlBool> {
  return sql<SqlBool>`CAST(${sql.ref(column)} AS BINARY) LIKE ${pattern} ESCAPE ${sql.lit(LIKE_ESCAPE)}`
}
