import type { TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Period } from '../calendar/offsets.ts'
import type { ComparedDuration, Duration } from './model.ts'
import { boundsOf, findRanks, type Histogram, valueAtRank } from './quantiles.ts'

type Db = Kysely<TenantTables>

/** What can be timed: the columns where it begins and ends. It counts on the day it ended. */
const TIMED = {
  firstResponse: { begin: 'first_customer_message_at', end: 'first_response_at' },
  resolution: { begin: 'created_at', end: 'resolved_at' },
} as const
export type Timed = keyof typeof TIMED

interface Measured {
  what: Timed
  period: Period & { before: Period }
}

/**
 * Median and 90th percentile by nearest rank, exactly: the smallest duration that at least half, or nine in ten, did not
 * exceed; one that really occurred, never a mean of two. The first of two statements counts by steps of 10 seconds to
 * an hour, the second reads only the steps in which the wanted ones lie: nothing is sorted, and both read one index.
 */
export async function measureDurations(db: Db, { what, period }: Measured): Promise<ComparedDuration> {
  const periods = [period, period.before]
  const histograms = await countSteps(db, { what, periods })
  const wanted = histograms.map(findRanks)
  const seconds = await readSteps(db, {
    what,
    periods,
    steps: wanted.map((ranks) => ranks.map(({ step }) => step)),
  })
  const [now, before] = wanted.map((ranks, index): Duration => {
    const [median, p90] = ranks.map((rank) => valueAtRank(rank, seconds[index] ?? []))
    return { count: totalOf(histograms[index]), medianSeconds: median ?? null, p90Seconds: p90 ?? null }
  })
  const nothing: Duration = { count: 0, medianSeconds: null, p90Seconds: null }
  return { ...(now ?? nothing), before: before ?? nothing }
}

function totalOf(histogram: Histogram | undefined): number {
  return (histogram ?? []).reduce((sum, { count }) => sum + count, 0)
}

interface StepRow {
  which: number
  value: number
  count: number
}

async function countSteps(
  db: Db,
  { what, periods }: { what: Timed; periods: Period[] },
): Promise<Histogram[]> {
  const parts = periods.map(
    (period, which) => sql`
    SELECT ${sql.lit(which)} AS which,
           CASE WHEN seconds < 3600 THEN seconds DIV 10
                WHEN seconds < 86400 THEN 360 + (seconds - 3600) DIV 300
                ELSE 636 + (seconds - 86400) DIV 3600 END AS value,
           COUNT(*) AS count
    FROM (${durationsOf(what, period)}) AS durations GROUP BY value`,
  )
  return byPeriod(db, parts)
}

/** The durations in some steps of each period, and how often each occurred. */
async function readSteps(
  db: Db,
  { what, periods, steps }: { what: Timed; periods: Period[]; steps: number[][] },
): Promise<Histogram[]> {
  const parts = periods.flatMap((period, which) => {
    const ranges = [...new Set(steps[which])].map((step) => {
      const { from, to } = boundsOf(step)
      return sql`(seconds >= ${from} AND seconds < ${to})`
    })
    if (ranges.length === 0) return []
    return sql`
      SELECT ${sql.lit(which)} AS which, seconds AS value, COUNT(*) AS count
      FROM (${durationsOf(what, period)}) AS durations WHERE ${sql.join(ranges, sql` OR `)} GROUP BY seconds`
  })
  return parts.length === 0 ? [] : byPeriod(db, parts)
}

async function byPeriod(db: Db, parts: RawBuilder<unknown>[]): Promise<Histogram[]> {
  const { rows } = await sql<StepRow>`${sql.join(parts, sql` UNION ALL `)}`.execute(db)
  return [0, 1].map((which) =>
    rows.filter((row) => row.which === which).toSorted((one, other) => one.value - other.value),
  )
}

function durationsOf(what: Timed, { from, to }: Period): RawBuilder<unknown> {
  const begin = sql.ref(TIMED[what].begin)
  const end = sql.ref(TIMED[what].end)
  return sql`SELECT GREATEST(0, TIMESTAMPDIFF(SECOND, ${begin}, ${end})) AS seconds
    FROM conversations WHERE ${end} >= ${from} AND ${end} < ${to} AND ${begin} IS NOT NULL`
}
