import type { TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { cutAtClockChanges, type Period, type Stretch } from '../calendar/offsets.ts'
import { messageFacts } from './message-facts.ts'
import type { AgentWorkload, BusyHour, Now } from './model.ts'
import type { ComparedPeriod } from './period.ts'

type Db = Kysely<TenantTables>

const WEEKDAYS = 7
const HOURS = 24
const DAY_MS = 86_400_000
/** What TO_DAYS says of 1 January 1970. */
const EPOCH_DAY = 719_528

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

/** Rows `(at, count)` of what can be counted: customers not archived since, so that their list holds as many. */
const COUNTED = {
  conversations: (period) => rowsOf(sql`conversations WHERE ${isIn('created_at', period)}`, 'created_at'),
  messages: (period) => sql`SELECT at, messages AS count FROM (${messageFacts(period)}) AS facts`,
  resolved: (period) => rowsOf(sql`conversations WHERE ${isIn('resolved_at', period)}`, 'resolved_at'),
  newCustomers: (period) =>
    rowsOf(sql`customers WHERE archived_at IS NULL AND ${isIn('created_at', period)}`, 'created_at'),
} as const satisfies Record<string, (period: Period) => RawBuilder<unknown>>
export type Counted = keyof typeof COUNTED

function rowsOf(table: RawBuilder<unknown>, column: string): RawBuilder<unknown> {
  return sql`SELECT ${sql.ref(column)} AS at, 1 AS count FROM ${table}`
}

function isIn(column: string, { from, to }: Period): RawBuilder<unknown> {
  return sql`${sql.ref(column)} >= ${from} AND ${sql.ref(column)} < ${to}`
}

/** How many there were on each day that had any, by `2026-11-23`. */
export async function countByDay(
  db: Db,
  { what, period }: { what: Counted; period: ComparedPeriod },
): Promise<Map<string, number>> {
  const { rows } = await sql<{ day: number; count: number }>`${eachStretch(
    period,
    (stretch) => sql`
    SELECT TO_DAYS(${localTime(stretch)}) AS day, CAST(SUM(count) AS SIGNED) AS count
    FROM (${COUNTED[what](stretch)}) AS counted GROUP BY day`,
  )}`.execute(db)
  const counts = new Map<string, number>()
  for (const { day, count } of rows) {
    const date = new Date((day - EPOCH_DAY) * DAY_MS).toISOString().slice(0, 10)
    counts.set(date, (counts.get(date) ?? 0) + count)
  }
  return counts
}

/** How many there were in the period. */
export async function countIn(db: Db, { what, period }: { what: Counted; period: Period }): Promise<number> {
  const { rows } = await sql<{ count: number | null }>`
    SELECT CAST(SUM(count) AS SIGNED) AS count FROM (${COUNTED[what](period)}) AS counted`.execute(db)
  return rows[0]?.count ?? 0
}

function eachStretch(
  period: Period & { timeZone: string },
  select: (stretch: Stretch) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql.join(cutAtClockChanges(period.timeZone, period).map(select), sql` UNION ALL `)
}

/** What the clock on the wall showed at `at`. */
function localTime({ offsetMinutes }: Stretch): RawBuilder<unknown> {
  return sql`DATE_ADD(at, INTERVAL ${sql.lit(offsetMinutes)} MINUTE)`
}

/** Every member, and whoever left but still has something open or resolved something in either period. Busiest first. */
export async function listWorkload(db: Db, period: ComparedPeriod): Promise<AgentWorkload[]> {
  const { rows } = await sql<AgentWorkload>`
    SELECT members.user_id AS userId, members.name AS name, COALESCE(open.count, 0) AS open,
           COALESCE(resolved.count, 0) AS resolved, COALESCE(earlier.count, 0) AS resolvedBefore
    FROM members
    LEFT JOIN (${assigned(sql`status = 'open'`)}) AS open ON open.assignee_id = members.user_id
    LEFT JOIN (${assigned(isIn('resolved_at', period))}) AS resolved ON resolved.assignee_id = members.user_id
    LEFT JOIN (${assigned(isIn('resolved_at', period.before))}) AS earlier ON earlier.assignee_id = members.user_id
    WHERE members.removed_at IS NULL OR open.count > 0 OR resolved.count > 0
    ORDER BY open DESC, resolved DESC, members.name`.execute(db)
  return rows
}

function assigned(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`SELECT assignee_id, COUNT(*) AS count FROM conversations
    WHERE ${condition} AND assignee_id IS NOT NULL GROUP BY assignee_id`
}

/** Customers' messages by weekday and hour of the tenant's clock, all 168 of them. */
export async function listBusyHours(db: Db, period: ComparedPeriod): Promise<BusyHour[]> {
  const { rows } = await sql<BusyHour>`${eachStretch(
    period,
    (stretch) => sql`
    SELECT WEEKDAY(${localTime(stretch)}) AS weekday, HOUR(${localTime(stretch)}) AS hour,
           CAST(SUM(messages) AS SIGNED) AS messages
    FROM (${messageFacts(stretch)}) AS facts WHERE author_kind = 'customer' GROUP BY weekday, hour`,
  )}`.execute(db)
  const counts = new Map<number, number>()
  for (const { weekday, hour, messages } of rows) {
    const index = weekday * HOURS + hour
    counts.set(index, (counts.get(index) ?? 0) + messages)
  }
  return Array.from({ length: WEEKDAYS * HOURS }, (_, index) => ({
    weekday: Math.floor(index / HOURS),
    hour: index % HOURS,
    messages: counts.get(index) ?? 0,
  }))
}
