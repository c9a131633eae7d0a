import type { Attachment, Mention } from '../chat/model.ts'
import type { HeldReason } from './schema.ts'

/** A message that is written and not yet sent; it is shown to all who may read the conversation. */
export interface ScheduledMessage {
  id: string
  conversationId: string
  customerName: string
  clientId: string
  authorId: string
  authorName: string
  /** Empty only beside attachments. */
  body: string
  /** A note only members see. */
  private: boolean
  /** Members whom it names; left out: nobody. */
  mentions?: Mention[]
  /** In the order in which they were attached. */
  attachments: Attachment[]
  replyToSeq: number | null
  sendAt: string
  /** Why it waits for its author instead of its time; null: it does not. */
  heldReason: HeldReason | null
}
