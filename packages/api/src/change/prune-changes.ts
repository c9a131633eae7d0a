import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'

/** Somebody who was away for longer loads everything again. */
export const CHANGES_KEPT_DAYS = 7
/** The same for a tenant in which more than this happens. */
export const CHANGES_KEPT_MAX = 100_000
/** Rows of one DELETE: short, because it holds its locks to the end. */
export const PRUNE_ROWS_MAX = 1_000
const DAY_MS = 86_400_000

export interface KeptChanges {
  days: number
  max: number
}

/** Deletes changes that are too old or too many, oldest first, in small statements. Says how many. */
export async function pruneChanges(
  db: Kysely<TenantTables>,
  kept: KeptChanges = { days: CHANGES_KEPT_DAYS, max: CHANGES_KEPT_MAX },
): Promise<number> {
  const throughSeq = await findLastToDelete(db, kept)
  for (let deleted = 0; ;) {
    const { numDeletedRows } = await db
      .deleteFrom('changes')
      .where('seq', '<=', throughSeq)
      .orderBy('seq')
      .limit(PRUNE_ROWS_MAX)
      .executeTakeFirst()
    deleted += Number(numDeletedRows)
    if (numDeletedRows < PRUNE_ROWS_MAX) return deleted
  }
}

/** A number and not a time, so that what is left never has a gap, whatever the clocks of two processes said. */
async function findLastToDelete(db: Kysely<TenantTables>, { days, max }: KeptChanges): Promise<number> {
  const before = new Date(Date.now() - days * DAY_MS)
  const row = await db
    .selectFrom('change_counter')
    .select((eb) => [
      'last_seq',
      eb
        .selectFrom('changes')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .where('created_at', '<', before)
        .as('old_seq'),
    ])
    .where('id', '=', 1)
    .executeTakeFirstOrThrow()
  return Math.max(Number(row.last_seq) - max, Number(row.old_seq ?? 0))
}
