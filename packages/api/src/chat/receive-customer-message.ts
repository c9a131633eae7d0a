import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { transact, type TransactContext } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import { appendMessage } from './append-message.ts'
import type { Message } from './model.ts'
import { findMessage, lockConversation } from './queries.ts'
import type { ReceiveCustomerMessageInput } from './schema.ts'
import type { SentMessage } from './send-message.ts'

/**
 * A message written by the conversation's customer, exactly once for each clientId: the customer waits
 * from now on unless they waited before, and a snoozed or resolved conversation is open again.
 *
 * @throws DomainError NOT_FOUND
 */
export async function receiveCustomerMessage(
  ctx: TransactContext,
  { conversationId, clientId, body }: ReceiveCustomerMessageInput,
): Promise<SentMessage> {
  return transact(ctx, async (trx, record) => {
    const conversation = await lockConversation(trx, { id: conversationId })
    const sent = await findMessage(trx, { conversationId, clientId })
    if (sent) return { message: requireFromCustomer(sent), outcome: 'duplicate' }
    const author = await getAuthor(trx, conversation.customer_id)
    const message = await appendMessage(
      { trx, record, conversation },
      {
        clientId,
        body,
        visibility: 'public',
        author,
      },
    )
    return { message, outcome: 'accepted' }
  })
}

function requireFromCustomer(message: Message): Message {
  if (message.authorKind === 'customer') return message
  throw new DomainError('CONFLICT', 'This message id has been used by somebody else. Send it again.')
}

async function getAuthor(trx: Transaction<TenantTables>, customerId: string) {
  const { name } = await trx
    .selectFrom('customers')
    .select('name')
    .where('id', '=', customerId)
    .executeTakeFirstOrThrow()
  return { kind: 'customer' as const, id: customerId, name }
}
