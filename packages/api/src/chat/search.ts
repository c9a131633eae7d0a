import { type Expression, type SqlBool, sql } from 'kysely'

/** Not the backslash, whose meaning inside a string depends on the server's sql_mode. */
const LIKE_ESCAPE = '!'

const SEARCHED_COLUMNS = ['customers.name', 'conversations.subject', 'conversations.last_message_preview']

/** The text itself in the customer's name, the subject or the preview, whatever wildcards it contains. */
export function matchesSearch(search: string): Expression<SqlBool> {
  const pattern = `%${search.replaceAll(/[!%_]/g, (character) => LIKE_ESCAPE + character)}%`
  const matches = SEARCHED_COLUMNS.map(
    (column) => sql<SqlBool>`${sql.ref(column)} LIKE ${pattern} ESCAPE ${sql.lit(LIKE_ESCAPE)}`,
  )
  return sql<SqlBool>`(${sql.join(matches, sql` OR `)})`
}
