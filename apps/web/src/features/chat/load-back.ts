import { CHAT_LIST_LIMIT_DEFAULT } from '@sarai/api/chat/schema'
import type { ChatCache } from './chat-cache.ts'
import { threadOptions } from './chat-queries.ts'
import { appendPages, type MessagePage, type Thread } from './thread.ts'

/** As when one scrolls: pages that are asked for again later are the same ones. */
const PAGE_MESSAGES = CHAT_LIST_LIMIT_DEFAULT
/** Pages that are asked for at once, in one request. */
const PAGES_AT_ONCE = 20

/**
 * Loads everything of a thread between what is loaded and a message, that one with some before it. Numbers have no gaps, so
 * all pages are known before any is there: 20,000 messages are twenty requests, one after the other.
 */
export async function loadBack(
  { queryClient, trpc }: ChatCache,
  { conversationId, toSeq }: { conversationId: string; toSeq: number },
): Promise<void> {
  const { queryKey } = threadOptions(trpc, conversationId)
  const beginsAt = queryClient.getQueryData<Thread>(queryKey)?.pages.at(-1)?.nextCursor
  if (beginsAt === undefined || beginsAt === null) return
  const cursors: number[] = []
  for (let before = beginsAt; before > 1 && before + PAGE_MESSAGES / 2 > toSeq; before -= PAGE_MESSAGES)
    cursors.push(before)
  const pages: MessagePage[] = []
  for (let at = 0; at < cursors.length; at += PAGES_AT_ONCE) {
    const asked = cursors.slice(at, at + PAGES_AT_ONCE).map((beforeSeq) =>
      queryClient.query({
        ...trpc.chat.message.list.queryOptions({ conversationId, beforeSeq, limit: PAGE_MESSAGES }),
        gcTime: 0,
      }),
    )
    pages.push(...(await Promise.all(asked)))
  }
  queryClient.setQueryData<Thread>(queryKey, (thread) => thread && appendPages(thread, { cursors, pages }))
}
