import type { ConversationForMember, Message, NumberedChange } from '@sarai/api'
import type { QueryClient } from '@tanstack/react-query'
import { findItem } from '../../lib/paged-list.ts'
import type { Trpc } from '../../lib/trpc.ts'
import { updateCache } from '../../lib/update-cache.ts'
import {
  applyConversation,
  type ConversationChange,
  type ConversationFilter,
  type ConversationList,
  isOlder,
  toRead,
  withReadState,
} from './conversation-lists.ts'
import { askSoon, isMoved } from './count-refresh.ts'
import { addMessage, type Thread } from './thread.ts'

/** Whose cache it is. */
export interface ChatCache {
  queryClient: QueryClient
  trpc: Trpc
  userId: string
}

/** Brings everything that is loaded up to date with a change. The same change twice is the same as once. */
export function applyChange(cache: ChatCache, change: NumberedChange): void {
  switch (change.kind) {
    case 'message.created':
      putMessage(cache, change.message)
      if (change.message.authorKind === 'system') refetchRuns(cache, change.message.conversationId)
      if (change.message.mentions?.some(({ userId }) => userId === cache.userId)) refetchMentions(cache)
      return putChangedConversation(cache, change)
    case 'message.updated':
      putMessage(cache, change.message)
      if (change.message.private) refetchMentions(cache)
      void cache.queryClient.invalidateQueries(cache.trpc.chat.message.search.pathFilter())
      return putChangedConversation(cache, change)
    case 'conversation.created':
    case 'conversation.updated':
      refetchRuns(cache, change.entityId)
      refetchMerges(cache, change.entityId)
      // The survivor names me now if its part did.
      if (change.conversation.mergedInto !== null) refetchMentions(cache)
      return putChangedConversation(cache, change)
    case 'conversation.read':
      if (change.userId === cache.userId) putRead(cache, change.entityId, change.lastReadSeq)
      return
    case 'customer.created':
    case 'customer.updated':
      return renameCustomer(cache, change.customer)
    case 'chat.configured':
      void cache.queryClient.invalidateQueries(cache.trpc.label.pathFilter())
      void cache.queryClient.invalidateQueries(cache.trpc.macro.pathFilter())
      return void cache.queryClient.invalidateQueries(cache.trpc.team.pathFilter())
    case 'customer.merged':
      return void cache.queryClient.invalidateQueries(cache.trpc.chat.conversation.pathFilter())
    case 'scheduled.changed':
      return void cache.queryClient.invalidateQueries(cache.trpc.scheduled.pathFilter())
    case 'canned-reply.changed':
      return void cache.queryClient.invalidateQueries(cache.trpc.chat.cannedReply.pathFilter())
    case 'view.changed':
      if (change.of !== 'conversation') return
      return void cache.queryClient.invalidateQueries(cache.trpc.chat.view.pathFilter())
    case 'customer.noted':
    case 'customer.configured':
    case 'notification.configured':
    case 'role.changed':
    case 'tenant.changed':
      return
  }
}

export function putMessage({ queryClient, trpc }: ChatCache, message: Message): void {
  const key = trpc.chat.message.list.infiniteQueryKey({ conversationId: message.conversationId })
  updateCache<Thread>(queryClient, key, (thread) => addMessage(thread, message))
}

/** In every list where it belongs, and out of every other. */
export function putConversation(cache: ChatCache, item: ConversationForMember): void {
  const { queryClient, trpc, userId } = cache
  updateCache<ConversationForMember>(
    queryClient,
    trpc.chat.conversation.byId.queryKey({ id: item.id }),
    (known) => (isOlder(item, known) ? known : item),
  )
  forEachList(cache, (list, filter) => applyConversation(list, item, { filter, userId }))
}

export function putRead(cache: ChatCache, id: string, lastReadSeq: number): void {
  updateEverywhere(cache, (item) => (item.id === id ? toRead(item, lastReadSeq) : item))
}

/** As any part of the screen knows it. */
export function findConversation(cache: ChatCache, id: string): ConversationForMember | undefined {
  const { queryClient, trpc } = cache
  const open = queryClient.getQueryData(trpc.chat.conversation.byId.queryKey({ id }))
  if (open) return open
  for (const [, list] of queryClient.getQueriesData<ConversationList>(
    trpc.chat.conversation.list.infiniteQueryFilter(),
  )) {
    const item = list && findItem(list, id)
    if (item) return item
  }
  return undefined
}

function putChangedConversation(cache: ChatCache, change: ConversationChange): void {
  const known = findConversation(cache, change.conversation.id)
  // What one does oneself is shown before it is so: its echo tells when to count, though nothing seems to have moved.
  if (change.kind === 'conversation.updated' || isMoved(change.conversation, known)) recountSoon(cache)
  const item = withReadState(change, known, cache.userId)
  if (item) return putConversation(cache, item)
  const { queryClient, trpc } = cache
  void queryClient.invalidateQueries(trpc.chat.conversation.list.infiniteQueryFilter())
}

/**
 * What macros and rules did is told by what became of the conversation. A first load that is under way may have been
 * answered before: it would not be asked again, so it is given up.
 */
function refetchRuns({ queryClient, trpc }: ChatCache, conversationId: string): void {
  const runs = trpc.chat.rule.runsOf.queryFilter({ conversationId })
  void queryClient.cancelQueries(runs).then(() => queryClient.invalidateQueries(runs))
}

/** Whether it is made of others is told by what became of the conversation, too. */
function refetchMerges({ queryClient, trpc }: ChatCache, conversationId: string): void {
  const merges = trpc.merge.of.queryFilter({ conversationId })
  void queryClient.cancelQueries(merges).then(() => queryClient.invalidateQueries(merges))
}

function recountSoon(cache: ChatCache): void {
  const { conversation, view } = cache.trpc.chat
  askSoon(cache, () => {
    void cache.queryClient.invalidateQueries(conversation.counts.pathFilter())
    void cache.queryClient.invalidateQueries(view.counts.pathFilter())
  })
}

/** Which conversations name somebody is known to the server alone. */
function refetchMentions(cache: ChatCache): void {
  const { queryClient, trpc } = cache
  recountSoon(cache)
  const { queryKey } = trpc.chat.conversation.list.infiniteQueryFilter({ box: 'mentions' })
  void queryClient.invalidateQueries({ queryKey })
}

function renameCustomer(cache: ChatCache, { id, name }: { id: string; name: string }): void {
  updateEverywhere(cache, (item) =>
    item.customerId === id && item.customerName !== name ? { ...item, customerName: name } : item,
  )
}

function updateEverywhere(
  cache: ChatCache,
  update: (item: ConversationForMember) => ConversationForMember,
): void {
  const { queryClient, trpc } = cache
  for (const [key] of queryClient.getQueriesData(trpc.chat.conversation.byId.queryFilter())) {
    updateCache<ConversationForMember>(queryClient, key, update)
  }
  forEachList(cache, (list) => ({
    ...list,
    pages: list.pages.map((page) => ({ ...page, items: page.items.map(update) })),
  }))
}

function forEachList(
  { queryClient, trpc }: ChatCache,
  update: (list: ConversationList, filter: ConversationFilter) => ConversationList,
): void {
  for (const [key] of queryClient.getQueriesData(trpc.chat.conversation.list.infiniteQueryFilter())) {
    const { input = {} } = key.at(-1) as { input?: ConversationFilter }
    updateCache<ConversationList>(queryClient, key, (list) => update(list, input))
  }
}
