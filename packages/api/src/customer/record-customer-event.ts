import { newId } from '@sarai/db'
import type { CustomerEvent } from './model.ts'
import type { Db } from './queries.ts'

export interface CustomerEventRow {
  customerId: string
  /** The member who did it; null for the system. */
  actorId: string | null
  event: CustomerEvent
}

/** Writes down who did what to a customer, in the transaction that did it. */
export function recordCustomerEvent(trx: Db, row: CustomerEventRow): Promise<void> {
  return recordCustomerEvents(trx, [row])
}

/** The same for many, in one statement. */
export async function recordCustomerEvents(trx: Db, rows: readonly CustomerEventRow[]): Promise<void> {
  if (rows.length === 0) return
  const now = new Date()
  await trx
    .insertInto('customer_events')
    .values(
      rows.map(({ customerId, actorId, event: { kind, ...details } }) => ({
        id: newId(),
        customer_id: customerId,
        kind,
        actor_id: actorId,
        details: JSON.stringify(details),
        created_at: now,
      })),
    )
    .execute()
}
