import { type Expression, type SqlBool, sql } from 'kysely'

/** Not the backslash, whose meaning inside a string depends on the server's sql_mode. */
const ESCAPE = '!'

/** A LIKE pattern that finds the text itself anywhere, whatever wildcards it contains. */
export function containsPattern(text: string): string {
  return `%${text.replaceAll(/[!%_]/g, (character) => ESCAPE + character)}%`
}

/** `column LIKE pattern`, for a pattern of containsPattern. */
export function matchesLike(column: string, pattern: string): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} LIKE ${pattern} ESCAPE ${sql.lit(ESCAPE)}`
}
