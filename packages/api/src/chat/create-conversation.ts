import { newId, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import type { Conversation } from './model.ts'
import { getConversation } from './queries.ts'
import { recordEvent } from './record-event.ts'
import type { CreateConversationInput } from './schema.ts'

/** Opens a conversation with a customer who is not archived. Nobody is assigned yet, nobody waits. */
export async function createConversation(
  ctx: ScopedContext,
  input: CreateConversationInput,
): Promise<Conversation> {
  const id = newId()
  return transact(ctx, async (trx, record) => {
    await requireLiveCustomer(trx, { id: input.customerId })
    await insertConversation(trx, { ...input, id, userId: ctx.user.id })
    const conversation = await getConversation(trx, { id })
    record({ kind: 'conversation.created', entityId: id, conversation })
    return conversation
  })
}

/** Locks the customer, so that they are not archived meanwhile. */
async function requireLiveCustomer(trx: Transaction<TenantTables>, { id }: { id: string }): Promise<void> {
  const customer = await trx
    .selectFrom('customers')
    .select(['archived_at', 'merged_into'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!customer) throw new DomainError('NOT_FOUND', 'There is no such customer.')
  if (customer.merged_into !== null) {
    throw new DomainError('CONFLICT', 'This customer has been merged with another. Write to that one.', {
      details: { mergedInto: customer.merged_into },
    })
  }
  if (customer.archived_at) {
    throw new DomainError('CONFLICT', 'This customer is archived. Restore them before you write to them.')
  }
}

async function insertConversation(
  trx: Transaction<TenantTables>,
  input: CreateConversationInput & { id: string; userId: string },
): Promise<void> {
  const now = new Date()
  await trx
    .insertInto('conversations')
    .values({
      id: input.id,
      customer_id: input.customerId,
      subject: input.subject ?? null,
      status: 'open',
      created_by: input.userId,
      created_at: now,
      updated_at: now,
    })
    .execute()
  await recordEvent(trx, { conversationId: input.id, kind: 'created', actorId: input.userId, at: now })
}
