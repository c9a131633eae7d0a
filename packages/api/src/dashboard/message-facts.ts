import type { AuthorKind } from '@sarai/db'
import { sql } from 'kysely'
import type { Period } from '../calendar/offsets.ts'
import { addUp, type Rollup, type Rows } from './rollup.ts'

const QUARTER_MS = 15 * 60_000

/** Rows `(at, count)` that add up to the messages of a period, of everybody or of one kind of author. */
export function messageFacts(period: Period, author?: AuthorKind): Rows[] {
  return addUp(rollupOf(author), period)
}

function rollupOf(author: AuthorKind | undefined): Rollup {
  const byAuthor = author === undefined ? sql`` : sql`AND author_kind = ${author}`
  return {
    unitMs: QUARTER_MS,
    counted: ({ from, to }) => sql`SELECT quarter AS at, messages AS count FROM message_quarters
      WHERE quarter >= ${from} AND quarter < ${to} ${byAuthor}`,
    // Read in the order of ids: what is behind the mark is a few minutes, what lies in the period may be a year.
    uncounted: ({ from, to }) => [
      sql`SELECT created_at AS at, 1 AS count FROM messages FORCE INDEX (PRIMARY)
        WHERE id > (SELECT through_id FROM message_quarters_mark WHERE id = 1)
          AND created_at >= ${from} AND created_at < ${to} ${byAuthor}`,
    ],
    themselves: ({ from, to }) => sql`SELECT created_at AS at, 1 AS count FROM messages
      WHERE created_at >= ${from} AND created_at < ${to} ${byAuthor}`,
  }
}
