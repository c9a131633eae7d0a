import type { PresenceNews } from '@sarai/api'
import { useSyncExternalStore } from 'react'
import { NOBODY } from './stream/merge-presence.ts'

const listeners = new Set<() => void>()
let presence = NOBODY

/** From the stream: who is there now. */
export function putPresence(next: PresenceNews): void {
  if (next === presence) return
  presence = next
  for (const listener of listeners) listener()
}

/** A part of who is there; `select` gives the same object as long as the part is the same. */
export function usePresence<T>(select: (presence: PresenceNews) => T): T {
  return useSyncExternalStore(subscribe, () => select(presence))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
