import type { NumberedChange } from '@sarai/api'
import type { NotificationKind } from '@sarai/api/notification/schema'

/** After a long time without a stream everything missed comes at once; what is older than this is history. */
export const NEWS_AGE_MAX_MS = 5 * 60_000

/** What one change is worth telling. */
export interface Notice {
  kind: NotificationKind
  conversationId: string
  customerName: string
  /** What was written; null where nothing was. */
  text: string | null
}

/** null: this change is no news to this person. */
export function toNotice(
  change: NumberedChange,
  { userId, now }: { userId: string; now: number },
): Notice | null {
  if (now - Date.parse(change.at) > NEWS_AGE_MAX_MS) return null
  if (change.kind === 'message.created') return toMessageNotice(change, userId)
  if (change.kind !== 'conversation.updated') return null
  const { conversation, assignedBy } = change
  const isMine = conversation.assigneeId === userId
  if (!isMine || assignedBy === undefined || assignedBy === userId) return null
  return {
    kind: 'assigned',
    conversationId: conversation.id,
    customerName: conversation.customerName,
    text: conversation.lastMessagePreview,
  }
}

function toMessageNotice(
  { message, conversation }: Extract<NumberedChange, { kind: 'message.created' }>,
  userId: string,
): Notice | null {
  const { id: conversationId, customerName, assigneeId } = conversation
  const isNamed = message.authorId !== userId && message.mentions?.some((one) => one.userId === userId)
  if (isNamed) return { kind: 'mention', conversationId, customerName, text: message.body }
  if (message.authorKind !== 'customer') return null
  if (assigneeId !== null && assigneeId !== userId) return null
  return {
    kind: assigneeId === null ? 'unassigned' : 'mine',
    conversationId,
    customerName,
    text: message.body,
  }
}
