import { isRetryableConflict, type TenantRecord, type TenantTables } from '@sarai/db'
import type { Kysely, Transaction } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Change } from './change.ts'
import { insertChanges } from './insert-changes.ts'

/** Tries of one transaction that the server refuses because of another's locks. */
export const TRANSACT_ATTEMPTS_MAX = 5
/** The longest pause before the second try; doubled before each further one. */
const RETRY_PAUSE_MS = 10

/** What `transact` needs of a procedure's context. */
export interface TransactContext {
  db: Kysely<TenantTables>
  tenant: Pick<TenantRecord, 'id'>
  /** The change feed, whose streams are woken after the commit. */
  changes: { wake(tenantId: string): void }
}

/** Announces a change: it becomes visible to others with the transaction, or not at all. */
export type RecordChange = (change: Change) => void

/**
 * Runs `work` in one transaction and gives every change it records the next number of the tenant, in
 * commit order: `UPDATE change_counter SET last_seq = LAST_INSERT_ID(last_seq + n)` is the last lock that
 * is taken and it is held until COMMIT, so whoever gets a higher number commits later.
 *
 * `work` runs again if the server picks it as the victim of a deadlock or a lock wait (1213, 1205), so it
 * must do nothing but SQL. Take row locks before the first plain SELECT: that SELECT fixes what all later
 * plain ones see. A connection lost on COMMIT is never tried again, because it may have been committed.
 *
 * @example
 * await transact(ctx, async (trx, record) => {
 *   await trx.updateTable('customers').set({ name }).where('id', '=', id).execute()
 *   record({ kind: 'customer.updated', entityId: id, customer: await getCustomer(trx, { id }) })
 * })
 *
 * @throws whatever `work` throws, after ROLLBACK; DatabaseError of `withTenant`'s statements
 */
export async function transact<T>(
  ctx: TransactContext,
  work: (trx: Transaction<TenantTables>, record: RecordChange) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transactOnce(ctx, work)
    } catch (error) {
      if (attempt === TRANSACT_ATTEMPTS_MAX || !isRetryableConflict(error)) throw error
      await sleep(Math.random() * RETRY_PAUSE_MS * 2 ** attempt)
    }
  }
}

async function transactOnce<T>(
  { db, tenant, changes }: TransactContext,
  work: (trx: Transaction<TenantTables>, record: RecordChange) => Promise<T>,
): Promise<T> {
  const recorded: Change[] = []
  const result = await db.transaction().execute(async (trx) => {
    const value = await work(trx, (change) => recorded.push(change))
    await insertChanges(trx, recorded)
    return value
  })
  if (recorded.length > 0) changes.wake(tenant.id)
  return result
}
