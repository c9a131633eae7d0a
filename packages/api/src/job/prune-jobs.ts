import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import type { Chore } from '../change/chores.ts'
import { JOB_KEPT_DAYS } from './schema.ts'

/** Rows of one statement; the rest goes with the next rounds. */
const PRUNE_ROWS_MAX = 5_000
const DAY_MS = 24 * 60 * 60_000
/** What has been kept for a month need not go to the minute. */
const PRUNE_EVERY_MS = 10 * 60_000

/** Deletes jobs that ended long ago: first their rows, a few thousand at a time, then themselves. */
export async function pruneJobs(db: Kysely<TenantTables>, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - JOB_KEPT_DAYS * DAY_MS)
  const old = await db
    .selectFrom('jobs')
    .select('id')
    .where('state', 'in', ['done', 'cancelled', 'failed'])
    .where('created_at', '<', before)
    .where('finished_at', '<', before)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  if (!old) return
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM job_items WHERE job_id = ${old.id} LIMIT ${sql.lit(PRUNE_ROWS_MAX)}`.execute(db)
  if (numAffectedRows < PRUNE_ROWS_MAX) await db.deleteFrom('jobs').where('id', '=', old.id).execute()
}

export const PRUNE_JOBS: Chore = {
  label: 'job.prune',
  everyMs: PRUNE_EVERY_MS,
  run: ({ db }) => pruneJobs(db),
}
