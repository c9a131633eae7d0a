import type { Conversation } from '../chat/model.ts'
import type { MergeRefusal } from './schema.ts'

/** A conversation that is a part of another, as its line in the thread shows it. */
export interface ConversationMerge {
  id: string
  mergedId: string
  /** Into which it was merged then: the one that is asked about, or another part of it. */
  survivorId: string
  subject: string | null
  customerName: string
  /** Messages of the part. */
  messages: number
  /** null: a former member, or a key that is gone. */
  mergedByName: string | null
  mergedAt: string
  /** Until when it can be taken back; null: the time is over, or a later merge has to be taken back before it. */
  undoUntil: string | null
}

export interface MergedConversations {
  conversationMergeId: string
  survivor: Conversation
  merged: Conversation
}

export interface SeparatedConversations {
  survivor: Conversation
  merged: Conversation
  /** What of the survivor stays as it is, because somebody has changed it since. */
  kept: ('status' | 'assignee' | 'team' | 'priority')[]
}

/** What merging would make of two conversations, by what is known now. */
export interface ConversationMergePreview {
  merged: Conversation
  survivor: Conversation
  /** The survivor as it would be. */
  result: Pick<Conversation, 'status' | 'snoozedUntil' | 'assigneeName' | 'teamId' | 'priority' | 'labelIds'>
  /** Messages that will be read in the survivor as well. */
  messages: number
  /** Messages written for later, which will wait for their authors in the survivor. */
  scheduled: number
  areOfDifferentCustomers: boolean
  /** Why it cannot be done; null: it can. */
  refusal: Exclude<MergeRefusal, 'customers' | 'later' | 'too-late'> | null
}
