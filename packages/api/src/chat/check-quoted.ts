import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { DomainError } from '../errors.ts'
import type { SendMessageInput } from './schema.ts'

/**
 * Refuses an answer to what is not there, and one to a private note in what a customer reads: the quote would show them
 * the note. Under the lock of the conversation.
 */
export async function checkQuoted(
  trx: Transaction<TenantTables>,
  { conversationId, replyToSeq, private: isNote = false }: SendMessageInput,
): Promise<void> {
  if (replyToSeq === undefined) return
  const quoted = await trx
    .selectFrom('messages')
    .select('visibility')
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', replyToSeq)
    .executeTakeFirst()
  if (!quoted) throw refusal('There is no such message in this conversation.')
  if (quoted.visibility === 'private' && !isNote) {
    throw refusal('A private note is answered by a private note: the customer reads everything else.')
  }
}

function refusal(userMessage: string): DomainError {
  return new DomainError('INVALID', userMessage, { fields: { replyToSeq: [userMessage] } })
}
