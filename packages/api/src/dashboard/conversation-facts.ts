import { type RawBuilder, sql } from 'kysely'
import type { Period } from '../calendar/offsets.ts'
import { addUp, type Rows } from './rollup.ts'

const QUARTER_MS = 15 * 60_000
const DAY_MS = 86_400_000

/** When a conversation counts, and when it was counted. */
export const MOMENTS = {
  created: { at: 'created_at', countedAt: 'counted_created_at' },
  resolved: { at: 'resolved_at', countedAt: 'counted_resolved_at' },
} as const
export type Moment = keyof typeof MOMENTS

/** What is timed of a conversation; it counts when it ended, and does not where it has no seconds. */
export const TIMED = {
  firstResponse: {
    at: 'first_response_at',
    seconds: 'first_response_seconds',
    countedAt: 'counted_response_at',
    countedSeconds: 'counted_response_seconds',
  },
  resolution: {
    at: 'resolved_at',
    seconds: 'resolution_seconds',
    countedAt: 'counted_resolved_at',
    countedSeconds: 'counted_resolution_seconds',
  },
} as const
export type Timed = keyof typeof TIMED

/** Rows `(at, count)` that add up to the conversations that began, or were resolved, in a period. */
export function conversationFacts(moment: Moment, period: Period): Rows[] {
  const { at, countedAt } = MOMENTS[moment]
  const each = (column: string, within: Period, count: 1 | -1) => sql`
    SELECT ${sql.ref(column)} AS at, ${sql.lit(count)} AS count FROM conversations WHERE ${isIn(column, within)}`
  const rollup = {
    unitMs: QUARTER_MS,
    counted: ({
      from,
      to,
    }: Period) => sql`SELECT quarter AS at, conversations AS count FROM conversation_quarters
      WHERE moment = ${moment} AND quarter >= ${from} AND quarter < ${to}`,
    uncounted: (within: Period) => [
      sql`${each(at, within, 1)} AND is_uncounted = 1`,
      sql`${each(countedAt, within, -1)} AND is_uncounted = 1`,
    ],
    themselves: (within: Period) => each(at, within, 1),
  }
  return addUp(rollup, period)
}

/** Rows `(step, count)` that add up to the durations that ended in a period, by the steps of quantiles.ts. */
export function durationFacts(timed: Timed, period: Period): Rows[] {
  const { at, seconds, countedAt, countedSeconds } = TIMED[timed]
  const each = (column: string, value: string, within: Period) => sql`
    FROM conversations WHERE ${sql.ref(value)} IS NOT NULL AND ${isIn(column, within)}`
  const themselves = (within: Period) =>
    sql`SELECT ${stepOf(seconds)} AS step, 1 AS count ${each(at, seconds, within)}`
  const rollup = {
    unitMs: DAY_MS,
    counted: ({ from, to }: Period) => sql`SELECT step, conversations AS count FROM duration_days
      WHERE timed = ${timed} AND day >= ${from} AND day < ${to}`,
    uncounted: (within: Period) => [
      sql`${themselves(within)} AND is_uncounted = 1`,
      sql`SELECT ${stepOf(countedSeconds)} AS step, -1 AS count
        ${each(countedAt, countedSeconds, within)} AND is_uncounted = 1`,
    ],
    themselves,
  }
  return addUp(rollup, period)
}

/** Where the quarter of an hour begins in which something happened. */
export function quarterOf(column: string): RawBuilder<unknown> {
  const at = sql.ref(column)
  return sql`DATE(${at}) + INTERVAL (HOUR(${at}) * 60 + MINUTE(${at}) DIV 15 * 15) MINUTE`
}

/** As `stepOf` in quantiles.ts: only the first three binary digits are kept. Signed, as the column is: both make a decimal. */
export function stepOf(column: string): RawBuilder<unknown> {
  const seconds = sql.ref(column)
  const dropped = sql`GREATEST(0, CAST(LENGTH(BIN(${seconds})) AS SIGNED) - 3)`
  return sql`CAST(${seconds} >> ${dropped} << ${dropped} AS SIGNED)`
}

export function isIn(column: string, { from, to }: Period): RawBuilder<unknown> {
  return sql`${sql.ref(column)} >= ${from} AND ${sql.ref(column)} < ${to}`
}
