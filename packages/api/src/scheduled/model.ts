import type { HeldReason } from './schema.ts'

/** A message that is written and not yet sent; it is shown to all who may read the conversation. */
export interface ScheduledMessage {
  id: string
  conversationId: string
  customerName: string
  clientId: string
  authorId: string
  authorName: string
  body: string
  replyToSeq: number | null
  sendAt: string
  /** Why it waits for its author instead of its time; null: it does not. */
  heldReason: HeldReason | null
}
