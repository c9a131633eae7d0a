import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { type RecordChange, transact, type TransactContext } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import { appendMessage } from './append-message.ts'
import type { Message } from './model.ts'
import { findHead, listPlaces } from './find-head.ts'
import { findMessage, lockEvenMerged, refuseMerged } from './queries.ts'
import type { ReceiveCustomerMessageInput } from './schema.ts'
import type { SentMessage } from './send-message.ts'

/** So often a conversation may become a part of another just before its message is written. */
const MOVES_MAX = 5

/**
 * A message written by the conversation's customer, exactly once for each clientId: the customer waits
 * from now on unless they waited before, and a snoozed or resolved conversation is open again. Where the conversation is a
 * part of another by now, the message goes there.
 *
 * @throws DomainError NOT_FOUND
 */
export async function receiveCustomerMessage(
  ctx: TransactContext,
  input: ReceiveCustomerMessageInput,
): Promise<SentMessage> {
  for (let moves = 1; ; moves++) {
    const headId = await findHead(ctx.db, input.conversationId)
    const sent = await transact(ctx, (trx, record) => receiveIn(headId, { trx, record, input, moves }))
    if (sent) return sent
  }
}

interface Receiving {
  trx: Transaction<TenantTables>
  record: RecordChange
  input: ReceiveCustomerMessageInput
  /** How often it was looked for. */
  moves: number
}

/** undefined: that one has been merged as well meanwhile. */
async function receiveIn(
  headId: string,
  { trx, record, input, moves }: Receiving,
): Promise<SentMessage | undefined> {
  const { conversationId, clientId, body } = input
  const conversation = await lockEvenMerged(trx, { id: headId })
  if (conversation.merged_into !== null && moves < MOVES_MAX) return undefined
  refuseMerged(conversation)
  for (const place of await listPlaces(trx, conversationId)) {
    const sent = await findMessage(trx, { conversationId: place, clientId })
    if (sent) return { message: requireFromCustomer(sent), outcome: 'duplicate' }
  }
  const author = await getAuthor(trx, conversationId)
  const message = await appendMessage(
    { trx, record, conversation },
    { clientId, body, visibility: 'public', author },
  )
  return { message, outcome: 'accepted' }
}

function requireFromCustomer(message: Message): Message {
  if (message.authorKind === 'customer') return message
  throw new DomainError('CONFLICT', 'This message id has been used by somebody else. Send it again.')
}

/** Whose the conversation is to which they wrote. */
async function getAuthor(trx: Transaction<TenantTables>, conversationId: string) {
  const { id, name } = await trx
    .selectFrom('conversations')
    .innerJoin('customers', 'customers.id', 'conversations.customer_id')
    .select(['customers.id', 'customers.name'])
    .where('conversations.id', '=', conversationId)
    .executeTakeFirstOrThrow()
  return { kind: 'customer' as const, id, name }
}
