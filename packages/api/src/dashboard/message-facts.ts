import { type RawBuilder, sql } from 'kysely'
import type { Period } from '../calendar/offsets.ts'

export const QUARTER_MS = 15 * 60_000

/**
 * Rows `(at, author_kind, messages)` that add up to the messages of a period: the counted quarters of an hour; what the
 * counting has not reached yet, by the order in which it was written; and the messages themselves in what a period cuts
 * off of a quarter at its ends. One statement sees one state, so nothing is counted twice while the counting goes on.
 */
export function messageFacts({ from, to }: Period): RawBuilder<unknown> {
  const first = new Date(Math.ceil(from.getTime() / QUARTER_MS) * QUARTER_MS)
  const last = new Date(Math.floor(to.getTime() / QUARTER_MS) * QUARTER_MS)
  if (first >= last) return messagesThemselves({ from, to })
  const parts = [countedQuarters({ from: first, to: last }), uncountedMessages({ from: first, to: last })]
  if (from < first) parts.push(messagesThemselves({ from, to: first }))
  if (last < to) parts.push(messagesThemselves({ from: last, to }))
  return sql.join(parts, sql` UNION ALL `)
}

function countedQuarters({ from, to }: Period): RawBuilder<unknown> {
  return sql`SELECT quarter AS at, author_kind, messages FROM message_quarters
    WHERE quarter >= ${from} AND quarter < ${to}`
}

/** Read in the order of ids: what is behind the mark is a few minutes, what lies in the period may be a year. */
function uncountedMessages({ from, to }: Period): RawBuilder<unknown> {
  return sql`SELECT created_at AS at, author_kind, 1 AS messages FROM messages FORCE INDEX (PRIMARY)
    WHERE id > (SELECT through_id FROM message_quarters_mark WHERE id = 1)
      AND created_at >= ${from} AND created_at < ${to}`
}

function messagesThemselves({ from, to }: Period): RawBuilder<unknown> {
  return sql`SELECT created_at AS at, author_kind, 1 AS messages FROM messages
    WHERE created_at >= ${from} AND created_at < ${to}`
}
