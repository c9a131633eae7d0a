import { newId, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { transact } from '../change/transact.ts'
import { attachToMessage, listScheduledAttachments } from '../chat/attachments.ts'
import { checkQuoted } from '../chat/check-quoted.ts'
import { findMentioned } from '../chat/mentions.ts'
import { getConversation, lockConversation } from '../chat/queries.ts'
import { NOTHING_WRITTEN } from '../chat/schema.ts'
import { DomainError } from '../errors.ts'
import { loadAccesses } from '../permission/access.ts'
import type { ScopedContext } from '../trpc.ts'
import { setAlarm } from './alarm.ts'
import type { ScheduledMessage } from './model.ts'
import { findPlace, getScheduled, gone, lockScheduled, type ScheduledRow } from './queries.ts'
import {
  type CreateScheduledInput,
  SCHEDULED_DAYS_MAX,
  SCHEDULED_PER_CONVERSATION_MAX,
  SCHEDULED_PER_MEMBER_MAX,
  type ScheduledIdInput,
  type UpdateScheduledInput,
} from './schema.ts'

const DAY_MS = 86_400_000

/**
 * Writes a reply or a note that is sent at its time, with its files. The same clientId again gives what was written first.
 *
 * @throws DomainError NOT_FOUND; INVALID for a time that is over or too far away; CONFLICT for one message too many
 */
export async function createScheduled(
  ctx: ScopedContext,
  input: CreateScheduledInput,
): Promise<ScheduledMessage> {
  const sendAt = checkTime(input.sendAt)
  await getConversation(ctx.db, { id: input.conversationId })
  return withAlarm(ctx, sendAt, () =>
    transact(ctx, async (trx, record) => {
      await lockConversation(trx, { id: input.conversationId })
      const known = await findOwn(trx, { ...input, authorId: ctx.user.id })
      if (known) return getScheduled(trx, known)
      await refuseTooMany(trx, { ...input, authorId: ctx.user.id })
      await checkQuoted(trx, input)
      const mentioned = await findMentioned(trx, input.mentions ?? [])
      const row = toRow(input, { authorId: ctx.user.id, sendAt })
      const mentions = mentioned.length === 0 ? null : JSON.stringify(mentioned)
      await trx
        .insertInto('scheduled_messages')
        .values({ ...row, mentions })
        .execute()
      await attachToMessage(trx, {
        to: { scheduled_id: row.id },
        attachmentIds: input.attachmentIds ?? [],
        uploadedBy: ctx.user.id,
      })
      record({ kind: 'scheduled.changed', entityId: input.conversationId, userId: ctx.user.id })
      return getScheduled(trx, row)
    }),
  )
}

/** Other words, another time, and what the author has seen by now: whatever held it holds it no more. */
export async function updateScheduled(
  ctx: ScopedContext,
  { scheduledId, body, sendAt, lastSeenSeq }: UpdateScheduledInput,
): Promise<ScheduledMessage> {
  const at = checkTime(sendAt)
  return withAlarm(ctx, at, () =>
    transact(ctx, async (trx, record) => {
      const row = await lockOwn(trx, { scheduledId, userId: ctx.user.id })
      if (body.trim() === '') await requireFiles(trx, scheduledId)
      const seen_seq = Math.max(row.seen_seq, lastSeenSeq)
      await trx
        .updateTable('scheduled_messages')
        .set({ body, send_at: at, seen_seq, held_reason: null, updated_at: new Date() })
        .where('id', '=', scheduledId)
        .execute()
      record({ kind: 'scheduled.changed', entityId: row.conversation_id, userId: row.author_id })
      return getScheduled(trx, { id: scheduledId })
    }),
  )
}

async function requireFiles(trx: Transaction<TenantTables>, scheduledId: string): Promise<void> {
  const files = await listScheduledAttachments(trx, [scheduledId])
  if (files.size === 0)
    throw new DomainError('INVALID', NOTHING_WRITTEN, { fields: { body: [NOTHING_WRITTEN] } })
}

/**
 * Takes a message back. One's own, whose files wait to be sent again; or anybody's who may not answer here any more, and could
 * not do it themselves: nobody else can send those files, so they go.
 */
export async function cancelScheduled(ctx: ScopedContext, { scheduledId }: ScheduledIdInput): Promise<null> {
  return transact(ctx, async (trx, record) => {
    const { conversationId } = await findPlace(trx, scheduledId)
    await lockConversation(trx, { id: conversationId })
    const row = await lockScheduled(trx, scheduledId)
    if (!row) throw gone()
    if (row.author_id !== ctx.user.id && (await mayReply(trx, row.author_id))) throw notYours()
    await releaseFiles(trx, { scheduledId, isOwn: row.author_id === ctx.user.id })
    await trx.deleteFrom('scheduled_messages').where('id', '=', scheduledId).execute()
    record({ kind: 'scheduled.changed', entityId: conversationId, userId: row.author_id })
    return null
  })
}

/** What waits again waits from now on: it is swept a day later, not at once. */
async function releaseFiles(
  trx: Transaction<TenantTables>,
  { scheduledId, isOwn }: { scheduledId: string; isOwn: boolean },
): Promise<void> {
  const now = new Date()
  await trx
    .updateTable('attachments')
    .set({ scheduled_id: null, ...(isOwn ? { created_at: now } : { discarded_at: now }) })
    .where('scheduled_id', '=', scheduledId)
    .execute()
}

/** Before, so that a process that dies after the commit is not missed; after, in case the alarm rang in between. */
async function withAlarm<T>(
  { database, tenant }: ScopedContext,
  at: Date,
  work: () => Promise<T>,
): Promise<T> {
  await setAlarm(database.master, tenant.id, at)
  const result = await work()
  await setAlarm(database.master, tenant.id, at)
  return result
}

/** The message and its conversation, locked; NOT_FOUND once it is sent, FORBIDDEN for somebody else's. */
export async function lockOwn(
  trx: Transaction<TenantTables>,
  { scheduledId, userId }: { scheduledId: string; userId: string },
): Promise<ScheduledRow> {
  const { conversationId } = await findPlace(trx, scheduledId)
  await lockConversation(trx, { id: conversationId })
  const row = await lockScheduled(trx, scheduledId)
  if (!row) throw gone()
  if (row.author_id !== userId) throw notYours()
  return row
}

export async function mayReply(trx: Transaction<TenantTables>, userId: string): Promise<boolean> {
  const accesses = await loadAccesses(trx, [userId])
  return accesses.get(userId)?.permissions.has('chat:reply') ?? false
}

function toRow(
  { conversationId, clientId, body, replyToSeq, lastSeenSeq, private: isNote }: CreateScheduledInput,
  { authorId, sendAt }: { authorId: string; sendAt: Date },
): Omit<ScheduledRow, 'mentions'> {
  const now = new Date()
  return {
    id: newId(),
    conversation_id: conversationId,
    author_id: authorId,
    client_id: clientId,
    body,
    reply_to_seq: replyToSeq ?? null,
    seen_seq: lastSeenSeq,
    send_at: sendAt,
    held_reason: null,
    created_at: now,
    updated_at: now,
    visibility: isNote ? 'private' : 'public',
  }
}

async function findOwn(
  trx: Transaction<TenantTables>,
  { conversationId, clientId, authorId }: { conversationId: string; clientId: string; authorId: string },
): Promise<{ id: string } | undefined> {
  const known = await trx
    .selectFrom('scheduled_messages')
    .select(['id', 'author_id'])
    .where('conversation_id', '=', conversationId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  if (known && known.author_id !== authorId) throw used()
  if (known) return known
  const sent = await trx
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  if (sent) throw used()
  return undefined
}

async function refuseTooMany(
  trx: Transaction<TenantTables>,
  { conversationId, authorId }: { conversationId: string; authorId: string },
): Promise<void> {
  const { here, own } = await trx
    .selectFrom('scheduled_messages')
    .select(({ fn, eb }) => [
      fn.count<number>(eb.case().when('conversation_id', '=', conversationId).then(1).end()).as('here'),
      fn.count<number>(eb.case().when('author_id', '=', authorId).then(1).end()).as('own'),
    ])
    .where((eb) => eb.or([eb('conversation_id', '=', conversationId), eb('author_id', '=', authorId)]))
    .executeTakeFirstOrThrow()
  if (Number(here) >= SCHEDULED_PER_CONVERSATION_MAX) {
    throw tooMany(`At most ${SCHEDULED_PER_CONVERSATION_MAX} messages can wait in one conversation.`)
  }
  if (Number(own) < SCHEDULED_PER_MEMBER_MAX) return
  throw tooMany(`At most ${SCHEDULED_PER_MEMBER_MAX} of your messages can wait at once.`)
}

function checkTime(sendAt: string): Date {
  const at = new Date(sendAt)
  const aheadMs = at.getTime() - Date.now()
  if (aheadMs > 0 && aheadMs <= SCHEDULED_DAYS_MAX * DAY_MS) return at
  const userMessage =
    aheadMs > 0 ? `Choose a time within the next ${SCHEDULED_DAYS_MAX} days.` : 'Choose a time in the future.'
  throw new DomainError('INVALID', userMessage, { fields: { sendAt: [userMessage] } })
}

function tooMany(userMessage: string): DomainError {
  return new DomainError('CONFLICT', userMessage)
}

function used(): DomainError {
  return new DomainError('CONFLICT', 'This message id has been used before. Write it again.')
}

function notYours(): DomainError {
  return new DomainError('FORBIDDEN', 'Only its author may do this.')
}
