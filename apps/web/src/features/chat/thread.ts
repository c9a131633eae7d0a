import type { Message } from '@sarai/api'
import type { InfiniteData } from '@tanstack/react-query'

export interface MessagePage {
  /** Oldest first. */
  items: Message[]
  nextCursor: number | null
}

/** The loaded part of a conversation: `pages[0]` is the newest page. */
export type Thread = InfiniteData<MessagePage, number | null>

/** All loaded messages, oldest first. */
export function listMessages(thread: Thread): Message[] {
  return thread.pages.toReversed().flatMap((page) => page.items)
}

/**
 * Puts a message where its number belongs. A message that is there stays as it is, and one that is older
 * than everything loaded is left to the page that will bring it.
 */
export function addMessage(thread: Thread, message: Message): Thread {
  const isThere = thread.pages.some((page) => page.items.some((item) => isSameMessage(item, message)))
  if (isThere) return thread
  const index = thread.pages.findIndex(
    (page) => page.items[0] !== undefined && page.items[0].seq < message.seq,
  )
  if (index === -1 && hasOlderPages(thread)) return thread
  const target = index === -1 ? thread.pages.length - 1 : index
  return {
    ...thread,
    pages: thread.pages.map((page, position) =>
      position === target ? { ...page, items: insertBySeq(page.items, message) } : page,
    ),
  }
}

/**
 * What a finished fetch leaves in the cache. Messages are never changed nor removed, so whatever arrived
 * live while the fetch was under way is kept: without this, the older answer would erase it.
 */
export function uniteThreads(before: Thread | undefined, fetched: Thread): Thread {
  if (before === undefined) return fetched
  const known = new Set(listMessages(fetched).map((message) => message.seq))
  return listMessages(before)
    .filter((message) => !known.has(message.seq))
    .reduce(addMessage, fetched)
}

/** The last message before the first gap: everything up to it has certainly been received. */
export function lastContiguousSeq(messages: readonly Message[]): number {
  let last = messages[0]?.seq ?? 0
  for (const { seq } of messages.slice(1)) {
    if (seq > last + 1) return last
    last = seq
  }
  return last
}

function isSameMessage(one: Message, other: Message): boolean {
  return one.seq === other.seq || one.clientId === other.clientId
}

function hasOlderPages(thread: Thread): boolean {
  const oldest = thread.pages.at(-1)
  return oldest !== undefined && oldest.nextCursor !== null
}

function insertBySeq(items: readonly Message[], message: Message): Message[] {
  const after = items.findIndex((item) => item.seq > message.seq)
  return after === -1 ? [...items, message] : items.toSpliced(after, 0, message)
}
