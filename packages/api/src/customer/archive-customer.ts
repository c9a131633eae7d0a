import { writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import type { ScopedContext } from '../trpc.ts'
import { explainDuplicate } from './duplicate.ts'
import type { Customer } from './model.ts'
import { getCustomer, getCustomerForUpdate } from './queries.ts'
import { recordCustomerEvent } from './record-customer-event.ts'
import { announceCustomer } from './save-customer.ts'

/** Out of the lists, with everything kept. Its e-mail and phone are free for another. Twice is the same as once. */
export function archiveCustomer(ctx: ScopedContext, { id }: { id: string }): Promise<Customer> {
  return setArchived(ctx, { id, archivedAt: new Date(), archivedBy: ctx.user.id })
}

/** Back among the living. CONFLICT with `details: { id, field }` if another has its e-mail or phone by now. */
export async function restoreCustomer(ctx: ScopedContext, { id }: { id: string }): Promise<Customer> {
  try {
    return await setArchived(ctx, { id, archivedAt: null, archivedBy: null })
  } catch (error) {
    throw await explainDuplicate(ctx.db, await getCustomer(ctx.db, { id }), error)
  }
}

function setArchived(
  ctx: ScopedContext,
  { id, archivedAt, archivedBy }: { id: string; archivedAt: Date | null; archivedBy: string | null },
): Promise<Customer> {
  return transact(ctx, async (trx, record) => {
    const row = await getCustomerForUpdate(trx, { id })
    if ((row.archived_at === null) === (archivedAt === null)) return getCustomer(trx, { id })
    await trx
      .updateTable('customers')
      .set({
        archived_at: archivedAt,
        archived_by: archivedBy,
        version: row.version + 1,
        updated_at: new Date(),
      })
      .where('id', '=', id)
      .execute()
    const event = { kind: archivedAt === null ? 'restored' : 'archived' } as const
    await recordCustomerEvent(trx, { customerId: id, actorId: ctx.user.id, event })
    await writeAudit(trx, ctx, {
      action: archivedAt === null ? 'customer.restored' : 'customer.archived',
      entity: { id },
    })
    return announceCustomer(trx, { id, kind: 'customer.updated', record })
  })
}
