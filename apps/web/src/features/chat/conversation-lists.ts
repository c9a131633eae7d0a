import type { Conversation, ConversationForMember, NumberedChange } from '@sarai/api'
import { type ListConversationsInput, PRIORITIES } from '@sarai/api/chat/schema'
import {
  type Compare,
  findItem,
  type PagedList,
  placeItem,
  removeItem,
  replaceItem,
} from '../../lib/paged-list.ts'

export type ConversationList = PagedList<ConversationForMember>
/** What decides which conversations a list shows, and in which order. */
export type ConversationFilter = Omit<ListConversationsInput, 'cursor' | 'limit'>

/** A change that says how a conversation is now. */
export type ConversationChange = Extract<NumberedChange, { conversation: Conversation }>

/** Brings a list up to date with a conversation as it is now. News older than what is known changes nothing. */
export function applyConversation(
  list: ConversationList,
  item: ConversationForMember,
  { filter, userId }: { filter: ConversationFilter; userId: string },
): ConversationList {
  const known = findItem(list, item.id)
  if (known && isOlder(item, known)) return list
  if (!belongs(item, filter, userId)) return removeItem(list, item.id)
  // What a search finds, lies in a period or names me, only the server knows: such a list takes no new ones.
  if (filter.search || filter.during || filter.box === 'mentions') return replaceItem(list, item)
  return placeItem(list, item, filter.sort === 'priority' ? byPriority : byActivity)
}

/**
 * The conversation of a change with what is the member's own. undefined: how far the member has read is
 * not known here, so the list has to be asked for again.
 */
export function withReadState(
  change: ConversationChange,
  known: ConversationForMember | undefined,
  userId: string,
): ConversationForMember | undefined {
  const { conversation } = change
  const isFirst =
    change.kind === 'conversation.created' || (change.kind === 'message.created' && change.message.seq === 1)
  const before = known ?? (isFirst ? { lastSeq: 0, lastReadSeq: 0, unread: 0 } : undefined)
  if (before === undefined) return undefined
  return {
    ...conversation,
    lastReadSeq: before.lastReadSeq,
    unread: before.unread + (isNewFor(change, before, userId) ? 1 : 0),
  }
}

/** The same conversation after the member has read up to a message, here or in another tab. */
export function toRead(item: ConversationForMember, lastReadSeq: number): ConversationForMember {
  if (lastReadSeq <= item.lastReadSeq) return item
  return { ...item, lastReadSeq, unread: Math.min(item.unread, Math.max(0, item.lastSeq - lastReadSeq)) }
}

/** An answer and its echo on the stream arrive in any order: the one further on is the truth. */
export function isOlder(one: Conversation, other: Conversation): boolean {
  return one.updatedAt < other.updatedAt || one.lastSeq < other.lastSeq
}

function isNewFor(
  change: ConversationChange,
  before: { lastSeq: number; lastReadSeq: number },
  userId: string,
): boolean {
  if (change.kind !== 'message.created') return false
  const { seq, authorKind, authorId } = change.message
  // A change that comes again, after its message was counted, is not counted again.
  const isNews = authorKind === 'customer' || (authorKind === 'agent' && authorId !== userId)
  return isNews && seq > before.lastSeq && seq > before.lastReadSeq
}

function belongs(item: Conversation, filter: ConversationFilter, userId: string): boolean {
  if (item.mergedInto !== null) return false
  if (filter.box === 'mine' && item.assigneeId !== userId) return false
  if (filter.box === 'unassigned' && item.assigneeId !== null) return false
  if (filter.status !== undefined && item.status !== filter.status) return false
  if (filter.assigneeId !== undefined && item.assigneeId !== filter.assigneeId) return false
  if (filter.teamId !== undefined && item.teamId !== filter.teamId) return false
  if (filter.labelId !== undefined && !item.labelIds.includes(filter.labelId)) return false
  if (filter.priority !== undefined && item.priority !== filter.priority) return false
  if (filter.customerId !== undefined && item.customerId !== filter.customerId) return false
  return filter.waiting === undefined || filter.waiting === (item.waitingSince !== null)
}

const byActivity: Compare<Conversation> = (one, other) =>
  compareText(other.updatedAt, one.updatedAt) || compareText(other.id, one.id)

const byPriority: Compare<Conversation> = (one, other) =>
  PRIORITIES.indexOf(other.priority) - PRIORITIES.indexOf(one.priority) || byActivity(one, other)

function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
