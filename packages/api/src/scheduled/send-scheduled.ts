import type { ConversationRow, TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import type { Chore } from '../change/chores.ts'
import { type RecordChange, transact, type TransactContext } from '../change/transact.ts'
import { appendMessage } from '../chat/append-message.ts'
import { listScheduledAttachments } from '../chat/attachments.ts'
import { findMentioned } from '../chat/mentions.ts'
import type { Mention } from '../chat/model.ts'
import { findMessage, lockConversation, lockEvenMerged } from '../chat/queries.ts'
import {
  getMemberName,
  hasReplyOfOthers,
  refuseUnseenReplies,
  type SentMessage,
} from '../chat/send-message.ts'
import type { ScopedContext } from '../trpc.ts'
import { lockOwn, mayReply } from './change-scheduled.ts'
import { lockScheduled, type ScheduledRow } from './queries.ts'
import { type HeldReason, SCHEDULED_LATE_MAX_HOURS, type SendScheduledNowInput } from './schema.ts'

/** Of one round; the rest comes with the next. */
export const SEND_DUE_MAX = 50
/** How soon what is due is looked for while somebody is in the tenant, if no alarm does it: after a restore, say. */
export const SEND_DUE_EVERY_MS = 15_000

/**
 * Sends what is due, each in a transaction of its own, or holds it and says why. However many processes try, a message
 * goes once: under the locks of its conversation and its row, which goes with it. Says how many it found.
 */
export async function sendDue(ctx: TransactContext): Promise<number> {
  const due = await ctx.db
    .selectFrom('scheduled_messages')
    .select(['id', 'conversation_id'])
    .where('held_reason', 'is', null)
    .where('send_at', '<=', new Date())
    .orderBy('send_at')
    .limit(SEND_DUE_MAX)
    .execute()
  for (const { id, conversation_id: conversationId } of due) {
    await transact(ctx, (trx, record) => sendOne(trx, { id, conversationId, record }))
  }
  return due.length
}

/** When the next one is due; undefined: none waits for its time. */
export async function findNextDue({ db }: Pick<TransactContext, 'db'>): Promise<Date | undefined> {
  const next = await db
    .selectFrom('scheduled_messages')
    .select('send_at')
    .where('held_reason', 'is', null)
    .orderBy('send_at')
    .limit(1)
    .executeTakeFirst()
  return next?.send_at
}

/**
 * Sends one's own at once, as an ordinary message is sent.
 *
 * @throws DomainError NOT_FOUND; CONFLICT with `{ messages, lastSeq }` if somebody else has replied since
 */
export async function sendScheduledNow(
  ctx: ScopedContext,
  { scheduledId, lastSeenSeq }: SendScheduledNowInput,
): Promise<SentMessage> {
  return transact(ctx, async (trx, record) => {
    const row = await lockOwn(trx, { scheduledId, userId: ctx.user.id })
    const conversation = await lockConversation(trx, { id: row.conversation_id })
    if (row.visibility === 'public') {
      const { conversation_id: conversationId, author_id: userId } = row
      const { last_seq: lastSeq } = conversation
      await refuseUnseenReplies(trx, { conversationId, lastSeenSeq, lastSeq, userId })
    }
    return post(trx, { row, conversation, record })
  })
}

async function sendOne(
  trx: Transaction<TenantTables>,
  { id, conversationId, record }: { id: string; conversationId: string; record: RecordChange },
): Promise<void> {
  const conversation = await lockEvenMerged(trx, { id: conversationId })
  const row = await lockScheduled(trx, id)
  const now = new Date()
  // Another process was faster, its author has changed something, or it waits in another conversation by now.
  if (!row || row.conversation_id !== conversationId || row.held_reason !== null || row.send_at > now) return
  const reason = await findReason(trx, { row, conversation, now })
  if (reason === undefined) return void (await post(trx, { row, conversation, record }))
  await trx
    .updateTable('scheduled_messages')
    .set({ held_reason: reason, updated_at: now })
    .where('id', '=', id)
    .execute()
  record({ kind: 'scheduled.changed', entityId: conversationId, userId: row.author_id, heldReason: reason })
}

interface Due {
  row: ScheduledRow
  conversation: ConversationRow
  now: Date
}

/** Why it is not sent. What would be refused to somebody who sends now is refused to somebody who sent before. */
async function findReason(
  trx: Transaction<TenantTables>,
  { row, conversation, now }: Due,
): Promise<HeldReason | undefined> {
  if (!(await mayReply(trx, row.author_id))) return 'not-allowed'
  // No customer reads a note: nobody is answered twice, and late is better than never.
  if (row.visibility === 'private') return undefined
  if (await isArchived(trx, conversation.customer_id)) return 'archived'
  const place = { conversationId: conversation.id, lastSeenSeq: row.seen_seq, userId: row.author_id }
  if (await hasReplyOfOthers(trx, place)) return 'answered'
  const lateMs = now.getTime() - row.send_at.getTime()
  return lateMs > SCHEDULED_LATE_MAX_HOURS * 3_600_000 ? 'late' : undefined
}

async function isArchived(trx: Transaction<TenantTables>, customerId: string): Promise<boolean> {
  const customer = await trx
    .selectFrom('customers')
    .select('archived_at')
    .where('id', '=', customerId)
    .executeTakeFirst()
  return customer?.archived_at !== null
}

interface Posting {
  row: ScheduledRow
  conversation: ConversationRow
  record: RecordChange
}

/** The message takes the place of the row, or the row alone goes if the message is there already. */
async function post(
  trx: Transaction<TenantTables>,
  { row, conversation, record }: Posting,
): Promise<SentMessage> {
  const { client_id: clientId, conversation_id: conversationId, author_id: id } = row
  const files = (await listScheduledAttachments(trx, [row.id])).get(row.id) ?? []
  await trx.deleteFrom('scheduled_messages').where('id', '=', row.id).execute()
  record({ kind: 'scheduled.changed', entityId: conversationId, userId: id })
  const sent = await findMessage(trx, { conversationId, clientId })
  if (sent) return { message: sent, outcome: 'duplicate' }
  const message = await appendMessage(
    { trx, record, conversation },
    {
      clientId,
      body: row.body,
      visibility: row.visibility,
      mentions: await findStillNamed(trx, row),
      attachmentIds: files.map((file) => file.id),
      scheduledId: row.id,
      author: { kind: 'agent', id, name: await getMemberName(trx, id) },
      replyToSeq: row.reply_to_seq ?? undefined,
    },
  )
  return { message, outcome: 'accepted' }
}

/** Whoever is a member by now, and whose name its author has left in it. */
async function findStillNamed(trx: Transaction<TenantTables>, row: ScheduledRow): Promise<Mention[]> {
  const named = (row.mentions ?? []).filter(({ name }) => row.body.includes(`@${name}`))
  const members = await findMentioned(
    trx,
    named.map(({ userId }) => userId),
  )
  return named.filter(({ userId }) => members.some((member) => member.userId === userId))
}

export const SEND_DUE: Chore = {
  label: 'scheduled.send',
  everyMs: SEND_DUE_EVERY_MS,
  run: sendDue,
}
