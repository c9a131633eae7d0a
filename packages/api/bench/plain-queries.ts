import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import type { ComparedPeriod } from '../src/dashboard/period.ts'

type Db = Kysely<TenantTables>

/**
 * What one would write first, and what the product did before: every number from the rows it is about, by UTC days. The
 * alternative that the dashboard's own queries are measured beside.
 */
export async function plainTrend(db: Db, { from, to, before }: ComparedPeriod): Promise<number[]> {
  const counted = [
    ['conversations', 'created_at'],
    ['messages', 'created_at'],
    ['conversations', 'resolved_at'],
    ['customers', 'created_at'],
  ] as const
  const counts: number[] = []
  for (const [table, column] of counted) {
    const at = sql.ref(column)
    const { rows } = await sql<{ count: number }>`
      SELECT DATE_FORMAT(${at}, '%Y-%m-%d') AS day, COUNT(*) AS count
      FROM ${sql.table(table)} WHERE ${at} >= ${from} AND ${at} < ${to} GROUP BY day`.execute(db)
    await sql`SELECT COUNT(*) AS count FROM ${sql.table(table)}
      WHERE ${at} >= ${before.from} AND ${at} < ${before.to}`.execute(db)
    counts.push(rows.reduce((sum, { count }) => sum + count, 0))
  }
  return counts
}

/** Ranks every duration with window functions. */
export async function plainResponseTimes(db: Db, period: ComparedPeriod): Promise<(number | null)[]> {
  const medians: (number | null)[] = []
  for (const [begin, end] of [
    ['first_customer_message_at', 'first_response_at'],
    ['created_at', 'resolved_at'],
  ]) {
    for (const { from, to } of [period, period.before]) {
      const { rows } = await sql<{ median: number | null }>`
        SELECT MIN(IF(place = CEIL(total * 0.5), seconds, NULL)) AS median,
               MIN(IF(place = CEIL(total * 0.9), seconds, NULL)) AS p90
        FROM (
          SELECT seconds, ROW_NUMBER() OVER (ORDER BY seconds) AS place, COUNT(*) OVER () AS total
          FROM (SELECT TIMESTAMPDIFF(SECOND, ${sql.ref(begin ?? '')}, ${sql.ref(end ?? '')}) AS seconds
                FROM conversations
                WHERE ${sql.ref(end ?? '')} >= ${from} AND ${sql.ref(end ?? '')} < ${to}) AS durations
        ) AS ranked`.execute(db)
      medians.push(rows[0]?.median ?? null)
    }
  }
  return medians
}

export async function plainWorkload(db: Db, { from, to }: ComparedPeriod): Promise<unknown> {
  return sql`
    SELECT members.user_id, members.name, COUNT(IF(conversations.status = 'open', 1, NULL)) AS open,
           COUNT(IF(conversations.resolved_at >= ${from} AND conversations.resolved_at < ${to}, 1, NULL)) AS resolved
    FROM members LEFT JOIN conversations ON conversations.assignee_id = members.user_id
    GROUP BY members.user_id, members.name`.execute(db)
}

export async function plainBusyHours(db: Db, { from, to }: ComparedPeriod): Promise<number> {
  const { rows } = await sql<{ messages: number }>`
    SELECT WEEKDAY(created_at) AS weekday, HOUR(created_at) AS hour, COUNT(*) AS messages
    FROM messages WHERE author_kind = 'customer' AND created_at >= ${from} AND created_at < ${to}
    GROUP BY weekday, hour`.execute(db)
  return rows.reduce((sum, { messages }) => sum + messages, 0)
}
