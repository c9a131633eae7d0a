import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import { appendMessage, type Author } from './append-message.ts'
import { checkQuoted } from './check-quoted.ts'
import { findMentioned } from './mentions.ts'
import type { Message } from './model.ts'
import { findMessage, listMessagesAfter, lockEvenMerged, refuseMerged } from './queries.ts'
import { doMacro, getMacroFor } from './run-macro.ts'
import { CONFLICT_MESSAGES_MAX, type SendMessageInput } from './schema.ts'

export interface SentMessage {
  message: Message
  /** `duplicate`: it had been sent before with the same clientId, and this is that message. */
  outcome: 'accepted' | 'duplicate'
}

/**
 * Sends a member's reply or private note, exactly once for each clientId. Everything happens under the
 * lock of the conversation's row, so messages are numbered without gaps and none slips in between the
 * check of what the author has seen and the message itself. A macro that goes with it is run behind it, in the same
 * transaction: both or neither.
 *
 * @throws DomainError NOT_FOUND, also for a mention of nobody who ever was a member and for a macro that is gone
 * (`{ macroId }`); FORBIDDEN for a macro that does more than the sender may; CONFLICT with `{ messages, lastSeq }` if somebody else has replied since,
 * and with `{ reason: 'merged', mergedInto }` where the conversation is a part of another
 */
export async function sendMessage(ctx: ScopedContext, input: SendMessageInput): Promise<SentMessage> {
  return transact(ctx, async (trx, record) => {
    const conversation = await lockEvenMerged(trx, { id: input.conversationId })
    const sent = await findMessage(trx, input)
    if (sent) return { message: requireOwn(sent, ctx.user.id), outcome: 'duplicate' }
    refuseMerged(conversation)
    if (!input.private) {
      await refuseUnseenReplies(trx, { ...input, userId: ctx.user.id, lastSeq: conversation.last_seq })
    }
    await checkQuoted(trx, input)
    const macro = input.macroId && (await getMacroFor(trx, ctx, input.macroId))
    const message = await appendMessage(
      { trx, record, conversation },
      {
        clientId: input.clientId,
        body: input.body,
        attachmentIds: input.attachmentIds,
        visibility: input.private ? 'private' : 'public',
        author: await authorOf(trx, ctx),
        replyToSeq: input.replyToSeq,
        mentions: await findMentioned(trx, input.mentions ?? []),
      },
    )
    if (macro) {
      const { conversationId: id, clientId } = input
      await doMacro({ trx, record, actorId: ctx.user.id }, { macro, id, clientId })
    }
    return { message, outcome: 'accepted' }
  })
}

function requireOwn(message: Message, userId: string): Message {
  if (message.authorKind === 'agent' && message.authorId === userId) return message
  throw new DomainError('CONFLICT', 'This message id has been used by somebody else. Send it again.')
}

interface Reply extends Pick<SendMessageInput, 'conversationId' | 'lastSeenSeq'> {
  userId: string
  lastSeq: number
}

/**
 * Public messages of the customer and of other members are replies. One's own (from another tab) and
 * private notes are not: they change nothing in what the customer reads. A note is never refused.
 */
export async function refuseUnseenReplies(trx: Transaction<TenantTables>, reply: Reply): Promise<void> {
  const { conversationId, lastSeenSeq, lastSeq, userId } = reply
  if (lastSeenSeq === undefined || lastSeenSeq >= lastSeq) return
  if (!(await hasReplyOfOthers(trx, { conversationId, lastSeenSeq, userId }))) return
  const messages = await listMessagesAfter(trx, {
    conversationId,
    afterSeq: lastSeenSeq,
    limit: CONFLICT_MESSAGES_MAX,
  })
  throw new DomainError('CONFLICT', 'Somebody answered while you were writing. Read it before you send.', {
    details: { messages, lastSeq },
  })
}

export async function hasReplyOfOthers(
  trx: Transaction<TenantTables>,
  { conversationId, lastSeenSeq, userId }: { conversationId: string; lastSeenSeq: number; userId: string },
): Promise<boolean> {
  const reply = await trx
    .selectFrom('messages')
    .select('seq')
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', lastSeenSeq)
    .where('visibility', '=', 'public')
    .where('author_kind', '!=', 'system')
    .where((eb) => eb.or([eb('author_kind', '!=', 'agent'), eb('author_id', '!=', userId)]))
    .limit(1)
    .executeTakeFirst()
  return reply !== undefined
}

async function authorOf(trx: Transaction<TenantTables>, { user, actorKind }: ScopedContext): Promise<Author> {
  if (actorKind === 'api-key') return { kind: 'agent', id: user.id, name: user.name, isKey: true }
  return { kind: 'agent', id: user.id, name: await getMemberName(trx, user.id) }
}

export async function getMemberName(trx: Transaction<TenantTables>, userId: string): Promise<string> {
  const { name } = await trx
    .selectFrom('members')
    .select('name')
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return name
}
