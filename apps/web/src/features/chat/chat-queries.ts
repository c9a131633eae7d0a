import type { ListConversationsInput } from '@sarai/api/chat/schema'
import type { Trpc } from '../../lib/trpc.ts'
import type { ConversationFilter } from './conversation-lists.ts'
import { type Thread, uniteThreads } from './thread.ts'

/** Whose conversations, in which status, with which words: what the address says about the list. */
export interface ChatSearch {
  box?: NonNullable<ListConversationsInput['box']>
  status?: NonNullable<ListConversationsInput['status']> | 'any'
  search?: string
  /** On a phone: the customer's card instead of the messages. */
  panel?: 'customer'
}

export function toFilter({ box = 'all', status = 'open', search }: ChatSearch): ConversationFilter {
  return { ...(box !== 'all' && { box }), ...(status !== 'any' && { status }), ...(search && { search }) }
}

/** The last active first. */
export function conversationsOptions(trpc: Trpc, filter: ConversationFilter) {
  return trpc.chat.conversation.list.infiniteQueryOptions(filter, {
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** The newest page first; each further page is older. */
export function threadOptions(trpc: Trpc, conversationId: string) {
  return trpc.chat.message.list.infiniteQueryOptions(
    { conversationId },
    {
      getNextPageParam: (page) => page.nextCursor,
      structuralSharing: (before, fetched) => uniteThreads(before as Thread | undefined, fetched as Thread),
    },
  )
}
