import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { guarded, router } from '../trpc.ts'
import { lastDays } from './period.ts'
import { countNow, listBusyHours, listWorkload } from './queries.ts'
import { SummaryInput } from './schema.ts'
import { summarize, summarizeResponseTimes, summarizeTrend } from './summary.ts'

/**
 * `summary` is everything in one answer; the others are its parts, so that a page can load its cards apart.
 * Days and hours are those of UTC until a tenant has a time zone.
 */
export const dashboardRouter = router({
  summary: guarded('dashboard:read')
    .input(SummaryInput)
    .query(({ ctx, input }) =>
      onOneConnection(ctx.db, (db) => summarize(db, { period: lastDays(input?.days), userId: ctx.user.id })),
    ),
  now: guarded('dashboard:read').query(({ ctx }) => countNow(ctx.db, { userId: ctx.user.id })),
  trend: guarded('dashboard:read')
    .input(SummaryInput)
    .query(({ ctx, input }) => onOneConnection(ctx.db, (db) => summarizeTrend(db, lastDays(input?.days)))),
  responseTimes: guarded('dashboard:read')
    .input(SummaryInput)
    .query(({ ctx, input }) =>
      onOneConnection(ctx.db, (db) => summarizeResponseTimes(db, lastDays(input?.days))),
    ),
  workload: guarded('dashboard:read')
    .input(SummaryInput)
    .query(async ({ ctx, input }) => ({ items: await listWorkload(ctx.db, lastDays(input?.days)) })),
  busyHours: guarded('dashboard:read')
    .input(SummaryInput)
    .query(async ({ ctx, input }) => ({ items: await listBusyHours(ctx.db, lastDays(input?.days)) })),
})

/** Many short statements with nothing to wait for between them: handed the connection once, not for each. */
function onOneConnection<T>(
  db: Kysely<TenantTables>,
  work: (db: Kysely<TenantTables>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(work)
}
