import { type Kysely, sql } from 'kysely'
import type { MasterTables } from '../master/tables.ts'
import type { ControlChange } from './control-change.ts'

/** How long a process may be away and still hear what exactly was changed. */
export const CONTROL_CHANGES_KEPT_HOURS = 24
/** Rows of one DELETE: short, because it holds its locks to the end. */
const PRUNE_ROWS_MAX = 1_000

type Master = Kysely<MasterTables>

export interface NumberedControlChange {
  seq: number
  change: ControlChange
}

/** The number of the last change ever announced: a read of a primary key. */
export async function readLastControlSeq(master: Master): Promise<number> {
  const row = await master
    .selectFrom('control_counter')
    .select('last_seq')
    .where('id', '=', 1)
    .executeTakeFirstOrThrow()
  return Number(row.last_seq)
}

/**
 * What follows `afterSeq` without a gap. Empty if the next one is gone, or not visible yet: a snapshot taken in the
 * middle of two commits may show the later one alone.
 */
export async function readControlChangesAfter(
  master: Master,
  { afterSeq, limit }: { afterSeq: number; limit: number },
): Promise<NumberedControlChange[]> {
  const rows = await master
    .selectFrom('control_changes')
    .select(['seq', sql<string>`CAST(payload AS CHAR)`.as('payload')])
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  const gapIndex = rows.findIndex(({ seq }, index) => Number(seq) !== afterSeq + 1 + index)
  const known = rows.slice(0, gapIndex === -1 ? rows.length : gapIndex)
  // Written by changeControl and by nobody else.
  return known.map(({ seq, payload }) => ({ seq: Number(seq), change: JSON.parse(payload) as ControlChange }))
}

/** Oldest first; what is left for the next time is no harm. */
export async function pruneControlChanges(master: Master): Promise<void> {
  await master
    .deleteFrom('control_changes')
    .where('created_at', '<', sql<Date>`UTC_TIMESTAMP(3) - INTERVAL ${CONTROL_CHANGES_KEPT_HOURS} HOUR`)
    .orderBy('seq')
    .limit(PRUNE_ROWS_MAX)
    .execute()
}
