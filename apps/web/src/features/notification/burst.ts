import type { Notice } from './to-notice.ts'

/** News that comes sooner than this after other news belongs to it. */
export const BURST_GAP_MS = 10_000

/** All that came together, said as one. */
export interface Burst {
  latest: Notice
  count: number
  /** How many conversations it is about. */
  conversations: number
  /** The first of it: worth a sound. What follows only changes the words. */
  isNew: boolean
}

/** One for a burst, not ten. */
export class Bursts {
  #count = 0
  #conversations = new Set<string>()
  #lastAt = -Infinity

  add(notice: Notice, now: number): Burst {
    const isNew = now - this.#lastAt > BURST_GAP_MS
    if (isNew) this.clear()
    this.#lastAt = now
    this.#count += 1
    this.#conversations.add(notice.conversationId)
    return { latest: notice, count: this.#count, conversations: this.#conversations.size, isNew }
  }

  /** What was said has been seen: the next begins anew. */
  clear(): void {
    this.#count = 0
    this.#conversations.clear()
    this.#lastAt = -Infinity
  }
}
