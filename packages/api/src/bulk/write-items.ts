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
