import type { ConversationEventKind, ConversationRow, ConversationStatus } from '@sarai/db'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import type { Acting } from './acting.ts'
import type { Conversation } from './model.ts'
import { getConversation, lockConversation } from './queries.ts'
import { recordEvent } from './record-event.ts'
import { SNOOZE_DAYS_MAX, type SetConversationStatusInput } from './schema.ts'

const DAY_MS = 86_400_000

const EVENTS = {
  open: 'reopened',
  snoozed: 'snoozed',
  resolved: 'resolved',
} as const satisfies Record<ConversationStatus, ConversationEventKind>

/**
 * Opens, snoozes or resolves a conversation. The status it has already changes nothing and is announced to
 * nobody. Resolving says that nothing waits any more; snoozing leaves the customer waiting.
 */
export async function setConversationStatus(
  ctx: ScopedContext,
  input: SetConversationStatusInput,
): Promise<Conversation> {
  checkSnooze(input.snoozedUntil)
  return transact(ctx, (trx, record) => changeStatus({ trx, record, actorId: ctx.user.id }, input))
}

/** The same, as a part of a longer transaction. */
export async function changeStatus(
  { trx, record, actorId }: Acting,
  input: SetConversationStatusInput,
): Promise<Conversation> {
  const snoozedUntil = checkSnooze(input.snoozedUntil)
  const current = await lockConversation(trx, input)
  if (isUnchanged(current, { status: input.status, snoozedUntil })) return getConversation(trx, input)
  const at = new Date()
  await trx
    .updateTable('conversations')
    .set({
      status: input.status,
      snoozed_until: snoozedUntil,
      resolved_at: input.status === 'resolved' ? at : null,
      ...(input.status === 'resolved' && { waiting_since: null }),
      updated_at: at,
    })
    .where('id', '=', input.id)
    .execute()
  await recordEvent(trx, { conversationId: input.id, kind: EVENTS[input.status], actorId, at })
  const conversation = await getConversation(trx, input)
  const statusBefore = current.status === input.status ? undefined : current.status
  record({
    kind: 'conversation.updated',
    entityId: input.id,
    conversation,
    ...(statusBefore && { statusBefore }),
  })
  return conversation
}

function checkSnooze(snoozedUntil: string | undefined): Date | null {
  if (snoozedUntil === undefined) return null
  const until = new Date(snoozedUntil)
  const aheadMs = until.getTime() - Date.now()
  if (aheadMs > 0 && aheadMs <= SNOOZE_DAYS_MAX * DAY_MS) return until
  const userMessage =
    aheadMs > 0 ? `Choose a time within the next ${SNOOZE_DAYS_MAX} days.` : 'Choose a time in the future.'
  throw new DomainError('INVALID', userMessage, { fields: { snoozedUntil: [userMessage] } })
}

function isUnchanged(
  current: ConversationRow,
  wanted: { status: ConversationStatus; snoozedUntil: Date | null },
): boolean {
  return (
    current.status === wanted.status && current.snoozed_until?.getTime() === wanted.snoozedUntil?.getTime()
  )
}
