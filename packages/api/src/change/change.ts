import type { ConversationStatus, ViewKind } from '@sarai/db'
import type { Conversation, Message } from '../chat/model.ts'
import type { Customer } from '../customer/model.ts'
import type { HeldReason } from '../scheduled/schema.ts'

/** What rules ask of a change. */
interface Cause {
  /** How many rules led to it; left out: none. */
  ruleDepth?: number
  /** Its status was another; left out: the same. */
  statusBefore?: ConversationStatus
}

/**
 * Everything that is announced to the members of a tenant, with what they need to show it.
 * The payload of a row in `changes`, and of an event of `chat.changes`.
 */
export type Change =
  | { kind: 'customer.created' | 'customer.updated'; entityId: string; customer: Customer }
  /** A note beside the customer `entityId` was written, changed, deleted or brought back. */
  | { kind: 'customer.noted'; entityId: string }
  /** Tags or fields of the tenant's own are other than they were, perhaps for very many customers. */
  | { kind: 'customer.configured'; entityId: string }
  /** Customers became one, `entityId`, or are several again: what belongs to whom is to be asked anew. */
  | { kind: 'customer.merged'; entityId: string }
  | ({
      kind: 'conversation.created' | 'conversation.updated'
      entityId: string
      conversation: Conversation
      /** Who made it the assignee's, if this change did: a member's id, or a rule's. */
      assignedBy?: string
      /** Its snooze has come to its end. */
      isWoken?: true
    } & Cause)
  /** Labels, teams or the handing out are other than they were. */
  | { kind: 'chat.configured'; entityId: string }
  | { kind: 'conversation.read'; entityId: string; userId: string; lastReadSeq: number }
  | ({ kind: 'message.created'; entityId: string; conversation: Conversation; message: Message } & Cause)
  /** Its author has edited or deleted it. */
  | { kind: 'message.updated'; entityId: string; conversation: Conversation; message: Message }
  /** What waits to be sent in the conversation is other than it was; `heldReason`: its author has to look at it. */
  | { kind: 'scheduled.changed'; entityId: string; userId: string; heldReason?: HeldReason }
  | { kind: 'role.changed'; entityId: string }
  /** A text that is written often; `userId` null: the team's. */
  | { kind: 'canned-reply.changed'; entityId: string; userId: string | null }
  /** What this member wants to be told of. */
  | { kind: 'notification.configured'; entityId: string; userId: string }
  /** A saved view is other than it was, gone or back; with `userId` only for them. */
  | { kind: 'view.changed'; entityId: string; of: ViewKind; userId?: string }
  /** The business's profile; the entity is the tenant. */
  | { kind: 'tenant.changed'; entityId: string }

/** A change with its place in the tenant's order. */
export type NumberedChange = Change & { seq: number; at: string }
