import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import type { JobChunk } from '../job/job-kind.ts'
import { BULK_CHUNK, type Locked, lockCustomers } from './targets.ts'

/** The row of the undone job that was taken back last. */
export const UndoPosition = z.object({ after: z.int() })
type UndoPosition = z.infer<typeof UndoPosition>

export interface ChangedItem {
  id: string
  details: object
}

interface NextUndone {
  items: ChangedItem[]
  locked: Map<string, Locked>
  position: UndoPosition
  total: number
  isLast: boolean
}

/** The customers that the undone job changed, the next chunk of them in its order, with their rows locked. */
export async function nextUndone(chunk: JobChunk<object, UndoPosition>): Promise<NextUndone> {
  const { trx, position, total, undoOf } = chunk
  const jobId = undoOf ?? ''
  const rows = await trx
    .selectFrom('job_items')
    .where('job_id', '=', jobId)
    .where('position', '>', position?.after ?? 0)
    .where('outcome', '=', 'changed')
    .select(['position', 'entity_id', 'details'])
    .orderBy('position')
    .limit(BULK_CHUNK)
    .execute()
  const items = rows.flatMap(({ entity_id: id, details }) =>
    id === null ? [] : [{ id, details: details ?? {} }],
  )
  return {
    items,
    locked: await lockCustomers(
      trx,
      items.map(({ id }) => id),
    ),
    position: { after: rows.at(-1)?.position ?? position?.after ?? 0 },
    total: total ?? (await countChanged(trx, jobId)),
    isLast: rows.length < BULK_CHUNK,
  }
}

/** How many a job changed: what taking it back has before it. */
export async function countChanged(trx: Transaction<TenantTables>, jobId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('job_items')
    .where('job_id', '=', jobId)
    .where('outcome', '=', 'changed')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
