import type { Conversation } from '@sarai/api'

/** News within this time after the first cost one question: a busy tenant is counted twice a second for each page at most. */
const REFRESH_AFTER_MS = 500
const waiting = new WeakSet<object>()

/** Whether a change can have altered a number beside a list. `known`: how it was, if it is loaded. */
export function isMoved(now: Conversation, known: Conversation | undefined): boolean {
  return known === undefined || placeOf(known) !== placeOf(now)
}

/** Once for all that happens in a short while, for each owner. */
export function askSoon(owner: object, ask: () => void): void {
  if (waiting.has(owner)) return
  waiting.add(owner)
  setTimeout(() => {
    waiting.delete(owner)
    ask()
  }, REFRESH_AFTER_MS)
}

/** Everything that decides in which lists it is counted. */
function placeOf({ status, assigneeId, teamId, waitingSince, priority, labelIds }: Conversation): string {
  return JSON.stringify([status, assigneeId, teamId, waitingSince !== null, priority, labelIds.toSorted()])
}
