import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import { ACT_RUNS_KEPT_DAYS } from '../act/schema.ts'
import type { Chore } from '../change/chores.ts'

/** Rows of one statement; the rest goes with the next rounds. */
const PRUNE_ROWS_MAX = 1_000
const DAY_MS = 24 * 60 * 60_000
/** What has been kept for a month need not go to the minute. */
const PRUNE_EVERY_MS = 10 * 60_000

/** Deletes what macros and rules did long ago. Says how many rows went. */
export async function pruneActRuns(db: Kysely<TenantTables>, now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - ACT_RUNS_KEPT_DAYS * DAY_MS)
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM act_runs WHERE created_at < ${before} ORDER BY created_at LIMIT ${sql.lit(PRUNE_ROWS_MAX)}`.execute(
    db,
  )
  return Number(numAffectedRows)
}

export const PRUNE_ACT_RUNS: Chore = {
  label: 'chat.prune-act-runs',
  everyMs: PRUNE_EVERY_MS,
  run: ({ db }) => pruneActRuns(db),
}
