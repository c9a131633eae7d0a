import {
  type ConversationRow,
  type MessageRow,
  type MessageVisibility,
  newId,
  type TenantTables,
} from '@sarai/db'
import type { Transaction, Updateable } from 'kysely'
import type { RecordChange } from '../change/transact.ts'
import { attachToMessage } from './attachments.ts'
import { toMessagePreview } from './message-preview.ts'
import { insertMentions } from './mentions.ts'
import { type Attachment, type Mention, type Message, toMessage } from './model.ts'
import { findQuote, getConversation } from './queries.ts'
import { recordEvent } from './record-event.ts'

export interface Author {
  /** system: a rule of the tenant's. */
  kind: 'agent' | 'customer' | 'system'
  id: string
  name: string
  /** An API key of the tenant instead of a member. */
  isKey?: boolean
}

interface NewMessage {
  clientId: string
  body: string
  visibility: MessageVisibility
  author: Author
  /** Members whom a private note names. */
  mentions?: Mention[]
  /** Files of the author's that wait. */
  attachmentIds?: readonly string[] | undefined
  /** The message for later that it was, whose files they are; left out: it was written now. */
  scheduledId?: string
  /** What it answers; the caller has checked that it is there. */
  replyToSeq?: number | undefined
}

/** A transaction that holds the lock on the conversation's row. */
interface Appending {
  trx: Transaction<TenantTables>
  record: RecordChange
  conversation: ConversationRow
}

/** Puts a message at the end of a locked conversation, changes what follows from it, and announces both. */
export async function appendMessage(
  { trx, record, conversation }: Appending,
  input: NewMessage,
): Promise<Message> {
  const row = toRow(conversation, input)
  await trx.insertInto('messages').values(row).execute()
  const { author, mentions = [], replyToSeq } = input
  await insertMentions(trx, { row, mentions })
  const attachments = await attachToMessage(trx, {
    to: { message_id: row.id, scheduled_id: null },
    attachmentIds: input.attachmentIds ?? [],
    uploadedBy: author.id,
    scheduledId: input.scheduledId,
  })
  await trx
    .updateTable('conversations')
    .set({
      last_seq: row.seq,
      updated_at: row.created_at,
      ...consequences(conversation, { row, attachments }),
    })
    .where('id', '=', conversation.id)
    .execute()
  if (isReopened(conversation, row)) {
    const actorId = input.author.kind === 'agent' ? input.author.id : null
    await recordEvent(trx, { conversationId: conversation.id, kind: 'reopened', actorId, at: row.created_at })
  }
  const quote = await findQuote(trx, row, replyToSeq)
  const message = toMessage(row, { author, mentions, attachments, quote })
  record({
    kind: 'message.created',
    entityId: row.id,
    conversation: await getConversation(trx, { id: conversation.id }),
    message,
    ...(isReopened(conversation, row) && { statusBefore: conversation.status }),
  })
  return message
}

/** The lock on the conversation makes last_seq + 1 free. */
function toRow(conversation: ConversationRow, input: NewMessage): MessageRow {
  return {
    id: newId(),
    conversation_id: conversation.id,
    seq: conversation.last_seq + 1,
    client_id: input.clientId,
    author_kind: input.author.kind,
    author_id: input.author.id,
    visibility: input.visibility,
    body: input.body,
    created_at: new Date(),
    revision: 0,
    edited_at: null,
    deleted_at: null,
    reply_to_seq: input.replyToSeq ?? null,
  }
}

/** A private note is not a part of what is said to the customer: it answers, reopens and previews nothing. */
function consequences(
  conversation: ConversationRow,
  { row: message, attachments }: { row: MessageRow; attachments: readonly Attachment[] },
): Updateable<TenantTables['conversations']> {
  if (message.visibility === 'private') return {}
  const last = {
    last_message_at: message.created_at,
    last_message_preview: toMessagePreview(message.body, attachments),
  }
  // What a rule writes is no answer: whoever waits still waits for somebody.
  if (message.author_kind === 'system') return last
  return {
    ...last,
    status: 'open',
    snoozed_until: null,
    resolved_at: null,
    ...(message.author_kind === 'customer'
      ? waiting(conversation, message)
      : answered(conversation, message)),
  }
}

function waiting(conversation: ConversationRow, { created_at }: MessageRow) {
  return {
    waiting_since: conversation.waiting_since ?? created_at,
    first_customer_message_at: conversation.first_customer_message_at ?? created_at,
  }
}

/** What is written before the customer has said anything is a greeting, not a first response. */
function answered(conversation: ConversationRow, { created_at }: MessageRow) {
  const isFirstResponse =
    conversation.first_customer_message_at !== null && conversation.first_response_at === null
  return { waiting_since: null, ...(isFirstResponse && { first_response_at: created_at }) }
}

function isReopened(conversation: ConversationRow, message: MessageRow): boolean {
  const { visibility, author_kind } = message
  return visibility === 'public' && author_kind !== 'system' && conversation.status !== 'open'
}
