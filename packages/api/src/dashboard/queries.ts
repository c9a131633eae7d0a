import type { TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { cutAtClockChanges, type Period, type Stretch } from '../calendar/offsets.ts'
import { conversationFacts, isIn } from './conversation-facts.ts'
import { messageFacts } from './message-facts.ts'
import type { AgentWorkload, BusyHour, Now } from './model.ts'
import type { ComparedPeriod } from './period.ts'
import type { Rows } from './rollup.ts'

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
  conversations: (period) => [...conversationFacts('created', period), mergedSince(period)],
  messages: (period) => messageFacts(period),
  resolved: (period) => conversationFacts('resolved', period),
  newCustomers: (period) => [
    sql`SELECT created_at AS at, 1 AS count FROM customers WHERE archived_at IS NULL AND ${isIn('created_at', period)}`,
  ],
} as const satisfies Record<string, (period: Period) => Rows[]>
export type Counted = keyof typeof COUNTED

/** Those that became parts of others are taken off again, by an index of their own: all are counted by theirs. */
function mergedSince(period: Period): RawBuilder<unknown> {
  return sql`SELECT created_at AS at, -1 AS count FROM conversations FORCE INDEX (conversations_merged)
    WHERE merged_into IS NOT NULL AND ${isIn('created_at', period)}`
}

/** How many there were on each day that had any, by `2026-11-23`. */
export async function countByDay(
  db: Db,
  { what, period }: { what: Counted; period: ComparedPeriod },
): Promise<Map<string, number>> {
  const counts = await sumUp(db, period, (stretch) => ({
    facts: COUNTED[what](stretch),
    by: sql`TO_DAYS(${localTime(stretch)})`,
  }))
  return new Map(
    [...counts]
      .filter(([, count]) => count !== 0)
      .map(([day, count]) => [new Date((day - EPOCH_DAY) * DAY_MS).toISOString().slice(0, 10), count]),
  )
}

/** How many there were in the period. */
export async function countIn(db: Db, { what, period }: { what: Counted; period: Period }): Promise<number> {
  const parts = COUNTED[what](period).map((facts) => sql`SELECT SUM(count) AS count FROM (${facts}) AS facts`)
  const { rows } = await sql<{ count: number | null }>`
    SELECT CAST(SUM(count) AS SIGNED) AS count FROM (${sql.join(parts, sql` UNION ALL `)}) AS parts`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

interface Summed {
  facts: Rows[]
  /** A whole number that says what belongs together. */
  by: RawBuilder<unknown>
}

/** Every part of every stretch summed by itself, in one statement, and the sums put together. */
async function sumUp(
  db: Db,
  period: Period & { timeZone: string },
  select: (stretch: Stretch) => Summed,
): Promise<Map<number, number>> {
  const parts = cutAtClockChanges(period.timeZone, period).flatMap((stretch) => {
    const { facts, by } = select(stretch)
    return facts.map(
      (each) => sql`
      SELECT ${by} AS value, CAST(SUM(count) AS SIGNED) AS count FROM (${each}) AS facts GROUP BY value`,
    )
  })
  const { rows } = await sql<{ value: number; count: number }>`${sql.join(parts, sql` UNION ALL `)}`.execute(
    db,
  )
  const sums = new Map<number, number>()
  for (const { value, count } of rows) sums.set(value, (sums.get(value) ?? 0) + count)
  return sums
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
  const counts = await sumUp(db, period, (stretch) => ({
    facts: messageFacts(stretch, 'customer'),
    by: sql`WEEKDAY(${localTime(stretch)}) * ${sql.lit(HOURS)} + HOUR(${localTime(stretch)})`,
  }))
  return Array.from({ length: WEEKDAYS * HOURS }, (_, index) => ({
    weekday: Math.floor(index / HOURS),
    hour: index % HOURS,
    messages: counts.get(index) ?? 0,
  }))
}
