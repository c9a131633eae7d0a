import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'

/** Why a customer was left as they were; the interface has words for each. */
export type Refusal = 'gone' | 'too-many-tags' | 'taken' | 'changed-since'

export interface Item {
  id: string
  outcome: 'changed' | 'same' | 'refused'
  reason?: Refusal
  /** What taking it back needs. */
  details?: object
}

/** Writes down what became of each customer of a chunk. INSERT INTO job_items. */
export async function writeItems(
  trx: Transaction<TenantTables>,
  { jobId, done, items }: { jobId: string; done: number; items: readonly Item[] },
): Promise<{ done: number; refused: number }> {
  if (items.length > 0) {
    await trx
      .insertInto('job_items')
      .values(
        items.map(({ id, outcome, reason, details }, at) => ({
          job_id: jobId,
          position: done + at + 1,
          entity_id: id,
          outcome,
          reason: reason ?? null,
          details: details ? JSON.stringify(details) : null,
        })),
      )
      .execute()
  }
  return { done: items.length, refused: items.filter(({ outcome }) => outcome === 'refused').length }
}

interface ChangedItem {
  id: string
  details: object
}

/** The customers that a job changed, a chunk of them, in its order. */
export async function nextChanged(
  trx: Transaction<TenantTables>,
  { jobId, after, limit }: { jobId: string; after: number; limit: number },
): Promise<{ items: ChangedItem[]; last: number; isLast: boolean }> {
  const rows = await trx
    .selectFrom('job_items')
    .where('job_id', '=', jobId)
    .where('position', '>', after)
    .where('outcome', '=', 'changed')
    .select(['position', 'entity_id', 'details'])
    .orderBy('position')
    .limit(limit)
    .execute()
  const items = rows.flatMap(({ entity_id: id, details }) =>
    id === null ? [] : [{ id, details: details ?? {} }],
  )
  return { items, last: rows.at(-1)?.position ?? after, isLast: rows.length < limit }
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
