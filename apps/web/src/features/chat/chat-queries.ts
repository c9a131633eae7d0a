import type { Priority } from '@sarai/api/chat/schema'
import { skipToken } from '@tanstack/react-query'
import type { Trpc } from '../../lib/trpc.ts'
import type { ChatCache } from './chat-cache.ts'
import type { ConversationFilter } from './conversation-lists.ts'
import type { FoundFilter } from './found-filter.ts'
import { type Thread, uniteThreads } from './thread.ts'
import { readWeekly } from './weekly-hour.ts'

/** Whose conversations, in which status, with which words: what the address says about the list. */
export interface ChatSearch extends FoundFilter {
  /** The saved view that was chosen; the rest says what is shown, so that a change of it is seen. */
  view?: string
  /** Left out: everybody's. */
  box?: 'mine' | 'unassigned' | 'mentions'
  /** Left out: the usual one of the box. Waiting: open, and the customer has no answer yet. */
  status?: 'open' | 'waiting' | 'snoozed' | 'resolved' | 'any'
  search?: string
  /** What of a conversation lies from one instant until before another. */
  moment?: 'created' | 'answered' | 'resolved' | 'active' | 'asked'
  from?: string
  to?: string
  /** Only those that waited so many seconds, and longer, for an answer or until they were resolved. */
  longer?: number
  /** Only in this hour of each week: `0-9-Asia/Karachi` is nine o'clock on Mondays. */
  weekly?: string
  assignee?: string
  team?: string
  label?: string
  priority?: Priority
  /** Left out: the last active first. */
  order?: 'priority'
  /** The number of a message of the open conversation that is to be shown; gone when it is. */
  message?: number
  /** The part of it that has that message. */
  part?: string
  /** On a narrow screen: the customer's card in the place of the messages. */
  panel?: 'customer'
}

/** The same list, with the messages in front. */
export function withoutPanel({
  panel: _,
  message: _message,
  part: _part,
  ...search
}: ChatSearch): Omit<ChatSearch, 'panel' | 'message' | 'part'> {
  return search
}

export function toFilter(search: ChatSearch): ConversationFilter {
  const { box, status, search: words, assignee, team, label, priority, order } = search
  return {
    ...(box && { box }),
    ...STATUS_FILTERS[status ?? usualStatus(search)],
    ...(words && { search: words }),
    ...toDuring(search),
    ...(assignee && { assigneeId: assignee }),
    ...(team && { teamId: team }),
    ...(label && { labelId: label }),
    ...(priority && { priority }),
    ...(order && { sort: order }),
  }
}

function toDuring({ moment, from, to, longer, weekly }: ChatSearch): Pick<ConversationFilter, 'during'> {
  if (!moment || !from || !to) return {}
  return {
    during: {
      moment,
      from,
      to,
      ...(longer !== undefined && { longerThanSeconds: longer }),
      ...(weekly && { weekly: readWeekly(weekly) }),
    },
  }
}

/** Who was named wants to see it even if the conversation is over by now. */
export function usualStatus({ box }: ChatSearch): 'open' | 'any' {
  return box === 'mentions' ? 'any' : 'open'
}

const STATUS_FILTERS = {
  open: { status: 'open' },
  waiting: { status: 'open', waiting: true },
  snoozed: { status: 'snoozed' },
  resolved: { status: 'resolved' },
  any: {},
} as const satisfies Record<string, ConversationFilter>

/** Numbers beside the lists. Where only the server knows what belongs to a list, none is shown. */
export function countsOptions(trpc: Trpc, search: ChatSearch) {
  const { box, status, waiting, assigneeId, teamId, labelId, priority } = toFilter(search)
  const input = {
    ...(box && { box }),
    ...(status && { status }),
    ...(waiting && { waiting }),
    ...(assigneeId && { assigneeId }),
    ...(teamId && { teamId }),
    ...(labelId && { labelId }),
    ...(priority && { priority }),
  }
  const isNarrowed = search.search || search.moment
  return trpc.chat.conversation.counts.queryOptions(isNarrowed ? skipToken : input, {
    placeholderData: (before) => before,
  })
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

/** Messages that were asked for so recently are fresh enough to be shown first. */
const PREFETCH_STALE_MS = 30_000

/** Asks for a conversation that is about to be opened. A failure is told when it is. */
export function prefetchConversation({ queryClient, trpc }: ChatCache, id: string): void {
  queryClient
    .infiniteQuery({ ...threadOptions(trpc, id), staleTime: PREFETCH_STALE_MS })
    .catch(() => undefined)
  queryClient
    .query({ ...trpc.chat.conversation.byId.queryOptions({ id }), staleTime: PREFETCH_STALE_MS })
    .catch(() => undefined)
}
