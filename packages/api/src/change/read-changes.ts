import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import type { Change, NumberedChange } from './change.ts'

type Db = Kysely<TenantTables>

export interface ChangeBounds {
  /** The number of the last change ever made. */
  lastSeq: number
  /** The oldest that is still kept; one more than lastSeq if none is. */
  oldestSeq: number
}

/** A change and how much room its text takes, for whoever keeps it. */
export interface ReadChange {
  change: NumberedChange
  size: number
}

/** Where the tenant's changes begin and end now: two reads of a primary key, in one statement. */
export async function readBounds(db: Db): Promise<ChangeBounds> {
  const row = await db
    .selectFrom('change_counter')
    .select((eb) => [
      'last_seq',
      eb
        .selectFrom('changes')
        .select(({ fn }) => fn.min('seq').as('seq'))
        .as('oldest_seq'),
    ])
    .where('id', '=', 1)
    .executeTakeFirstOrThrow()
  const lastSeq = Number(row.last_seq)
  return { lastSeq, oldestSeq: row.oldest_seq === null ? lastSeq + 1 : Number(row.oldest_seq) }
}

/**
 * The changes that follow `afterSeq` without a gap. Empty if there are none, or if the next one is gone or
 * not visible yet: a snapshot taken in the middle of two commits may show the later one alone.
 */
export async function readChangesAfter(
  db: Db,
  { afterSeq, limit }: { afterSeq: number; limit: number },
): Promise<ReadChange[]> {
  const rows = await db
    .selectFrom('changes')
    .select(['seq', 'created_at', sql<string>`CAST(payload AS CHAR)`.as('payload')])
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  const gapIndex = rows.findIndex((row, index) => Number(row.seq) !== afterSeq + 1 + index)
  return rows.slice(0, gapIndex === -1 ? rows.length : gapIndex).map(toReadChange)
}

function toReadChange(row: { seq: number; created_at: Date; payload: string }): ReadChange {
  // Written by insertChanges and by nobody else.
  const change = JSON.parse(row.payload) as Change
  return {
    change: { ...change, seq: Number(row.seq), at: row.created_at.toISOString() },
    size: row.payload.length,
  }
}
