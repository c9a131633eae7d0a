import type { Conversation } from '@sarai/api'
import type { ChatCache } from './chat-cache.ts'

/** News within this time after the first cost one question: a busy tenant is counted about twice a second for each page. */
const REFRESH_AFTER_MS = 500
const waiting = new WeakSet<ChatCache>()

/** Asks for the numbers beside the lists again, if a change can have altered one. `known`: as it was before, if it was loaded. */
export function recount(cache: ChatCache, now: Conversation, known: Conversation | undefined): void {
  if (known && placeOf(known) === placeOf(now)) return
  recountSoon(cache)
}

export function recountSoon(cache: ChatCache): void {
  if (waiting.has(cache)) return
  waiting.add(cache)
  setTimeout(() => {
    waiting.delete(cache)
    void cache.queryClient.invalidateQueries(cache.trpc.chat.conversation.counts.pathFilter())
  }, REFRESH_AFTER_MS)
}

/** Everything that decides in which lists it is counted. */
function placeOf({ status, assigneeId, teamId, waitingSince, priority, labelIds }: Conversation): string {
  return JSON.stringify([status, assigneeId, teamId, waitingSince !== null, priority, labelIds.toSorted()])
}
