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
 * Puts a message where its number belongs. A message that is there stays as it is, unless this is a later revision of it;
 * one that is older than everything loaded is left to the page that will bring it.
 */
export function addMessage(thread: Thread, message: Message): Thread {
  const known = thread.pages.flatMap((page) => page.items).find((item) => isSameMessage(item, message))
  if (known) return revisionOf(message) > revisionOf(known) ? replaceMessage(thread, message) : thread
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

interface OlderPages {
  /** What each page was asked for with. */
  cursors: readonly number[]
  pages: readonly MessagePage[]
}

/** Puts older pages behind the loaded ones; nothing if others have come there meanwhile. */
export function appendPages(thread: Thread, { cursors, pages }: OlderPages): Thread {
  if (thread.pages.at(-1)?.nextCursor !== cursors[0]) return thread
  return { pages: [...thread.pages, ...pages], pageParams: [...thread.pageParams, ...cursors] }
}

/** The newest pages alone: what is asked for again when the thread is opened the next time. */
export function keepNewest(thread: Thread, pages: number): Thread {
  if (thread.pages.length <= pages) return thread
  return { pages: thread.pages.slice(0, pages), pageParams: thread.pageParams.slice(0, pages) }
}

/**
 * What a finished fetch leaves in the cache. Messages are never removed and only become later revisions, so whatever
 * arrived live while the fetch was under way is kept: without this, the older answer would erase it.
 */
export function uniteThreads(before: Thread | undefined, fetched: Thread): Thread {
  if (before === undefined) return fetched
  const known = new Map(listMessages(fetched).map((message) => [message.seq, revisionOf(message)]))
  return listMessages(before)
    .filter((message) => revisionOf(message) > (known.get(message.seq) ?? -1))
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

function revisionOf({ revision = 0 }: Message): number {
  return revision
}

function replaceMessage(thread: Thread, message: Message): Thread {
  const replace = (item: Message) => (isSameMessage(item, message) ? message : item)
  return { ...thread, pages: thread.pages.map((page) => ({ ...page, items: page.items.map(replace) })) }
}

function hasOlderPages(thread: Thread): boolean {
  const oldest = thread.pages.at(-1)
  return oldest !== undefined && oldest.nextCursor !== null
}

function insertBySeq(items: readonly Message[], message: Message): Message[] {
  const after = items.findIndex((item) => item.seq > message.seq)
  return after === -1 ? [...items, message] : items.toSpliced(after, 0, message)
}
