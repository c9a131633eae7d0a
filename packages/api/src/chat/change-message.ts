import type { ConversationRow, MessageRow, TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { type RecordChange, transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import { listAttachments } from './attachments.ts'
import { listPartIds } from './find-head.ts'
import { toMessagePreview } from './message-preview.ts'
import type { Message } from './model.ts'
import { findMessage, getConversation, lockEvenMerged } from './queries.ts'
import { type EditMessageInput, MESSAGE_CHANGE_MINUTES_MAX, type MessageIdInput } from './schema.ts'

const MINUTE_MS = 60_000

interface Changing {
  trx: Transaction<TenantTables>
  record: RecordChange
  conversation: ConversationRow
  message: MessageRow
  userId: string
}

/**
 * Other words in the place of one's own, within MESSAGE_CHANGE_MINUTES_MAX of sending; what stood there is kept. The same
 * words again change nothing, so a repetition is harmless.
 *
 * @throws DomainError NOT_FOUND; FORBIDDEN for somebody else's; CONFLICT with `{ reason }` if it is `deleted` or `too-late`
 */
export function editMessage(ctx: ScopedContext, { id, body }: EditMessageInput): Promise<Message> {
  return changeMessage(ctx, id, async (changing) => {
    const { message } = changing
    if (message.deleted_at) throw refusal('deleted', 'This message has been deleted.')
    if (message.body === body) return
    refuseTooLate(message)
    await replace(changing, { body, edited_at: new Date() })
    await updatePreview(changing)
  })
}

/**
 * Takes one's own message away, within the same time: its place and its time stay, its words are kept where nobody is shown
 * them, its files are gone, and it names nobody any more. Deleting it again changes nothing.
 *
 * @throws as editMessage
 */
export function deleteMessage(ctx: ScopedContext, { id }: MessageIdInput): Promise<Message> {
  return changeMessage(ctx, id, async (changing) => {
    const { trx, message } = changing
    if (message.deleted_at) return
    refuseTooLate(message)
    await replace(changing, { body: '', deleted_at: new Date() })
    await trx.deleteFrom('message_mentions').where('message_id', '=', id).execute()
    await discardAttachments(changing)
    await updatePreview(changing)
  })
}

/** Under the lock of the conversation, as everything that is said in it. */
async function changeMessage(
  ctx: ScopedContext,
  id: string,
  change: (changing: Changing) => Promise<void>,
): Promise<Message> {
  const conversationId = await getConversationId(ctx, id)
  return transact(ctx, async (trx, record) => {
    const conversation = await lockEvenMerged(trx, { id: conversationId })
    const message = await trx
      .selectFrom('messages')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (message.author_kind !== 'agent' || message.author_id !== ctx.user.id) {
      throw new DomainError('FORBIDDEN', 'Only who wrote a message may change it.')
    }
    await change({ trx, record, conversation, message, userId: ctx.user.id })
    const changed = await findMessage(trx, { conversationId, clientId: message.client_id })
    if (!changed) throw new Error('a locked message has gone')
    if ((changed.revision ?? 0) !== message.revision) {
      record({
        kind: 'message.updated',
        entityId: id,
        conversation: await getConversation(trx, { id: conversationId }),
        message: changed,
      })
    }
    return changed
  })
}

async function getConversationId({ db }: ScopedContext, id: string): Promise<string> {
  const row = await db
    .selectFrom('messages')
    .select('conversation_id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new DomainError('NOT_FOUND', 'There is no such message.')
  return row.conversation_id
}

async function replace(
  { trx, message, userId }: Changing,
  set: { body: string; edited_at?: Date; deleted_at?: Date },
): Promise<void> {
  const { id: message_id, revision, body } = message
  const version = { message_id, revision, body, replaced_by: userId, replaced_at: new Date() }
  await trx.insertInto('message_versions').values(version).execute()
  await trx
    .updateTable('messages')
    .set({ ...set, revision: revision + 1 })
    .where('id', '=', message_id)
    .execute()
}

/** From now on nobody opens them; the sweep takes the bytes. */
async function discardAttachments({ trx, message }: Changing): Promise<void> {
  await trx
    .updateTable('attachments')
    .set({ message_id: null, discarded_at: new Date() })
    .where('message_id', '=', message.id)
    .execute()
}

/** The list shows the last that was said to or by the customer and is still there. */
async function updatePreview({ trx, conversation: { id } }: Changing): Promise<void> {
  const last = await findLast(trx, id)
  const files = last && (await listAttachments(trx, [last.id])).get(last.id)
  await trx
    .updateTable('conversations')
    .set({ last_message_preview: last ? toMessagePreview(last.body, files) : null })
    .where('id', '=', id)
    .execute()
}

/** In the conversation or in what became a part of it: of each the last, by the index of its thread. */
async function findLast(trx: Transaction<TenantTables>, id: string) {
  const said = []
  for (const part of [id, ...(await listPartIds(trx, id))]) {
    const last = await trx
      .selectFrom('messages')
      .select(['id', 'body', 'created_at'])
      .where('conversation_id', '=', part)
      .where('visibility', '=', 'public')
      .where('deleted_at', 'is', null)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (last) said.push(last)
  }
  return said.toSorted((one, other) => one.created_at.getTime() - other.created_at.getTime()).at(-1)
}

function refuseTooLate({ created_at }: MessageRow): void {
  if (Date.now() - created_at.getTime() <= MESSAGE_CHANGE_MINUTES_MAX * MINUTE_MS) return
  throw refusal('too-late', `A message can be changed for ${MESSAGE_CHANGE_MINUTES_MAX} minutes.`)
}

function refusal(reason: 'deleted' | 'too-late', userMessage: string): DomainError {
  return new DomainError('CONFLICT', userMessage, { details: { reason } })
}
