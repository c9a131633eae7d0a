import type { TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Period } from '../calendar/offsets.ts'
import { durationFacts, isIn, TIMED, type Timed } from './conversation-facts.ts'
import type { ComparedDuration, Duration } from './model.ts'
import { boundsOf, findRanks, type Histogram, valueAtRank } from './quantiles.ts'

type Db = Kysely<TenantTables>

interface Measured {
  what: Timed
  period: Period & { before: Period }
}

/**
 * Median and 90th percentile by nearest rank, exactly: the smallest duration that at least half, or nine in ten, did not
 * exceed; one that really occurred, never a mean of two. The first of two statements adds up how many lie in each step,
 * the second reads only the steps in which the wanted ones lie: nothing is sorted.
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

async function countSteps(
  db: Db,
  { what, periods }: { what: Timed; periods: Period[] },
): Promise<Histogram[]> {
  const parts = periods.flatMap((period, which) =>
    durationFacts(what, period).map(
      (facts) => sql`
      SELECT ${sql.lit(which)} AS which, step AS value, CAST(SUM(count) AS SIGNED) AS count
      FROM (${facts}) AS facts GROUP BY step`,
    ),
  )
  return byPeriod(db, parts)
}

/** The durations in some steps of each period, and how often each occurred. */
async function readSteps(
  db: Db,
  { what, periods, steps }: { what: Timed; periods: Period[]; steps: number[][] },
): Promise<Histogram[]> {
  const { at, seconds } = TIMED[what]
  const parts = periods.flatMap((period, which) =>
    [...new Set(steps[which])].map((step) => {
      const { from, to } = boundsOf(step)
      return sql`
        SELECT ${sql.lit(which)} AS which, ${sql.ref(seconds)} AS value, COUNT(*) AS count FROM conversations
        WHERE ${sql.ref(seconds)} >= ${from} AND ${sql.ref(seconds)} < ${to} AND ${isIn(at, period)} GROUP BY value`
    }),
  )
  return parts.length === 0 ? [] : byPeriod(db, parts)
}

interface ValueRow {
  which: number
  value: number
  count: number
}

/** Several rows may tell of one value, some of them what to take off. */
async function byPeriod(db: Db, parts: RawBuilder<unknown>[]): Promise<Histogram[]> {
  const { rows } = await sql<ValueRow>`${sql.join(parts, sql` UNION ALL `)}`.execute(db)
  return [0, 1].map((which) => {
    const counts = new Map<number, number>()
    for (const row of rows)
      if (row.which === which) counts.set(row.value, (counts.get(row.value) ?? 0) + row.count)
    return [...counts]
      .filter(([, count]) => count > 0)
      .map(([value, count]) => ({ value, count }))
      .toSorted((one, other) => one.value - other.value)
  })
}
