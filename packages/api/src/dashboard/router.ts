import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { getProfile } from '../tenant/queries.ts'
import { guarded, router } from '../trpc.ts'
import { type ComparedPeriod, periodOf, toRange } from './period.ts'
import { countNow, listBusyHours, listWorkload } from './queries.ts'
import { SummaryInput } from './schema.ts'
import { summarize, summarizeResponseTimes, summarizeTrend } from './summary.ts'

/**
 * `summary` is everything in one answer; the others are its parts, so that a page can load its cards apart.
 * Days and hours are those of the tenant's time zone.
 */
export const dashboardRouter = router({
  summary: guarded('dashboard:read')
    .input(SummaryInput)
    .query(({ ctx, input }) =>
      overPeriod(ctx.db, input, (db, period) => summarize(db, { period, userId: ctx.user.id })),
    ),
  now: guarded('dashboard:read').query(({ ctx }) => countNow(ctx.db, { userId: ctx.user.id })),
  trend: guarded('dashboard:read')
    .input(SummaryInput)
    .query(({ ctx, input }) => overPeriod(ctx.db, input, summarizeTrend)),
  responseTimes: guarded('dashboard:read')
    .input(SummaryInput)
    .query(({ ctx, input }) => overPeriod(ctx.db, input, summarizeResponseTimes)),
  workload: guarded('dashboard:read')
    .input(SummaryInput)
    .query(({ ctx, input }) =>
      overPeriod(ctx.db, input, async (db, period) => ({
        range: toRange(period),
        items: await listWorkload(db, period),
      })),
    ),
  busyHours: guarded('dashboard:read')
    .input(SummaryInput)
    .query(({ ctx, input }) =>
      overPeriod(ctx.db, input, async (db, period) => ({
        range: toRange(period),
        items: await listBusyHours(db, period),
      })),
    ),
})

/** Many short statements with nothing to wait for between them: handed the connection once, not for each. */
function overPeriod<T>(
  db: Kysely<TenantTables>,
  input: SummaryInput,
  work: (db: Kysely<TenantTables>, period: ComparedPeriod) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (connected) => {
    const { timeZone } = await getProfile(connected)
    return work(connected, periodOf(input, { timeZone }))
  })
}
