import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import type { Chore } from '../change/chores.ts'
import { IMPORT_KEPT_DAYS, IMPORT_WAITS_HOURS_MAX } from './schema.ts'
import { OPEN_STATES } from '../job/job-states.ts'

/** Rows of one statement; the rest goes with the next rounds. */
const PRUNE_ROWS_MAX = 5_000
const HOUR_MS = 60 * 60_000
/** What has been kept for days need not go to the minute. */
const PRUNE_EVERY_MS = 10 * 60_000

/**
 * Deletes rows of files that were given up or never imported, a day after they came, and of those that were imported,
 * thirty days after; then the files' own rows, which name nobody, with them. Also what dry runs that have ended have remembered.
 */
export async function pruneImports(db: Kysely<TenantTables>, now = new Date()): Promise<void> {
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR_MS)
  await db
    .updateTable('imports')
    .set({ cleared_at: now })
    .where('cleared_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('created_at', '<', ago(IMPORT_KEPT_DAYS * 24)),
        eb.and([eb('job_id', 'is', null), eb('created_at', '<', ago(IMPORT_WAITS_HOURS_MAX))]),
      ]),
    )
    .execute()
  const cleared = await db
    .selectFrom('imports')
    .select('id')
    .where('cleared_at', 'is not', null)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  if (cleared) await clear(db, cleared.id)
  await sql`
    DELETE FROM import_keys
    WHERE job_id IN (SELECT id FROM jobs WHERE state NOT IN (${sql.join(OPEN_STATES)}))
    LIMIT ${sql.lit(PRUNE_ROWS_MAX)}`.execute(db)
}

async function clear(db: Kysely<TenantTables>, id: string): Promise<void> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM import_rows WHERE import_id = ${id} LIMIT ${sql.lit(PRUNE_ROWS_MAX)}`.execute(db)
  if (numAffectedRows < PRUNE_ROWS_MAX) await db.deleteFrom('imports').where('id', '=', id).execute()
}

export const PRUNE_IMPORTS: Chore = {
  label: 'import.prune',
  everyMs: PRUNE_EVERY_MS,
  run: ({ db }) => pruneImports(db),
}
