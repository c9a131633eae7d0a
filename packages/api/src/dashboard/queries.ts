import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import type { AgentWorkload, BusyHour, Now } from './model.ts'
import type { Period } from './period.ts'

type Db = Kysely<TenantTables>

const WEEKDAYS = 7
const HOURS = 24

/** The counts of this moment; `mine` are those of one member. Two statements. */
export async function countNow(db: Db, { userId }: { userId: string }): Promise<Now> {
  const counts = await sql<Omit<Now, 'customers'>>`
    SELECT COUNT(IF(status = 'open', 1, NULL)) AS open,
           COUNT(IF(status = 'open' AND waiting_since IS NOT NULL, 1, NULL)) AS waiting,
           COUNT(IF(status = 'open' AND assignee_id IS NULL, 1, NULL)) AS unassigned,
           COUNT(IF(status = 'open' AND assignee_id = ${userId}, 1, NULL)) AS mine,
           COUNT(IF(status = 'snoozed', 1, NULL)) AS snoozed
    FROM conversations WHERE status IN ('open', 'snoozed')`.execute(db)
  const customers = await db
    .selectFrom('customers')
    .where('archived_at', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const [row] = counts.rows
  return { open: 0, waiting: 0, unassigned: 0, mine: 0, snoozed: 0, ...row, customers: customers.count }
}

/** What can be counted by day: the table and the column that says when. */
const COUNTED = {
  conversations: { table: 'conversations', column: 'created_at' },
  messages: { table: 'messages', column: 'created_at' },
  resolved: { table: 'conversations', column: 'resolved_at' },
  newCustomers: { table: 'customers', column: 'created_at' },
} as const
export type Counted = keyof typeof COUNTED

/** How many there were on each day that had any, by `2026-11-23`. */
export async function countByDay(
  db: Db,
  { what, from, to }: Period & { what: Counted },
): Promise<Map<string, number>> {
  const { table, column } = COUNTED[what]
  const when = sql.ref(column)
  const { rows } = await sql<{ day: string; count: number }>`
    SELECT DATE_FORMAT(${when}, '%Y-%m-%d') AS day, COUNT(*) AS count
    FROM ${sql.table(table)} WHERE ${when} >= ${from} AND ${when} < ${to}
    GROUP BY day`.execute(db)
  return new Map(rows.map((row) => [row.day, row.count]))
}

/** How many there were in the period. */
export async function countIn(db: Db, { what, from, to }: Period & { what: Counted }): Promise<number> {
  const { table, column } = COUNTED[what]
  const when = sql.ref(column)
  const { rows } = await sql<{ count: number }>`
    SELECT COUNT(*) AS count FROM ${sql.table(table)} WHERE ${when} >= ${from} AND ${when} < ${to}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** What can be timed: the columns where it begins and ends. It counts on the day it ended. */
const TIMED = {
  firstResponse: { begin: 'first_customer_message_at', end: 'first_response_at' },
  resolution: { begin: 'created_at', end: 'resolved_at' },
} as const
export type Timed = keyof typeof TIMED

export interface DurationRow {
  count: number
  medianSeconds: number | null
  p90Seconds: number | null
}

/**
 * Median and 90th percentile by nearest rank: the smallest duration that at least half, or nine in ten, did
 * not exceed. A duration that really occurred, never a mean of two.
 */
export async function measureDuration(
  db: Db,
  { what, from, to }: Period & { what: Timed },
): Promise<DurationRow> {
  const begin = sql.ref(TIMED[what].begin)
  const end = sql.ref(TIMED[what].end)
  const { rows } = await sql<DurationRow>`
    SELECT COUNT(*) AS count,
           MIN(IF(place = CEIL(total * 0.5), seconds, NULL)) AS medianSeconds,
           MIN(IF(place = CEIL(total * 0.9), seconds, NULL)) AS p90Seconds
    FROM (
      SELECT seconds, ROW_NUMBER() OVER (ORDER BY seconds) AS place, COUNT(*) OVER () AS total
      FROM (
        SELECT TIMESTAMPDIFF(SECOND, ${begin}, ${end}) AS seconds
        FROM conversations WHERE ${end} >= ${from} AND ${end} < ${to} AND ${begin} IS NOT NULL
      ) AS durations
    ) AS ranked`.execute(db)
  return rows[0] ?? { count: 0, medianSeconds: null, p90Seconds: null }
}

/** Every member, and whoever left but still has something open or resolved something in the period. Busiest first. */
export async function listWorkload(db: Db, { from, to }: Period): Promise<AgentWorkload[]> {
  const { rows } = await sql<AgentWorkload>`
    SELECT members.user_id AS userId, members.name AS name,
           COUNT(IF(conversations.status = 'open', 1, NULL)) AS open,
           COUNT(IF(conversations.resolved_at >= ${from} AND conversations.resolved_at < ${to}, 1, NULL)) AS resolved
    FROM members LEFT JOIN conversations ON conversations.assignee_id = members.user_id
    GROUP BY members.user_id, members.name, members.removed_at
    HAVING members.removed_at IS NULL OR open > 0 OR resolved > 0
    ORDER BY open DESC, resolved DESC, members.name`.execute(db)
  return rows
}

/** Customers' messages by weekday and hour, all 168 of them. */
export async function listBusyHours(db: Db, { from, to }: Period): Promise<BusyHour[]> {
  const { rows } = await sql<BusyHour>`
    SELECT WEEKDAY(created_at) AS weekday, HOUR(created_at) AS hour, COUNT(*) AS messages
    FROM messages WHERE author_kind = 'customer' AND created_at >= ${from} AND created_at < ${to}
    GROUP BY weekday, hour`.execute(db)
  const counts = new Map(rows.map((row) => [row.weekday * HOURS + row.hour, row.messages]))
  return Array.from({ length: WEEKDAYS * HOURS }, (_, index) => ({
    weekday: Math.floor(index / HOURS),
    hour: index % HOURS,
    messages: counts.get(index) ?? 0,
  }))
}
