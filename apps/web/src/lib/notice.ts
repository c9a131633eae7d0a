import { useSyncExternalStore } from 'react'
import type { Notice } from './errors.ts'

/** Why the open workspace does not answer, from the first refusal until it answers again. */
let notice: Notice | null = null
const listeners = new Set<() => void>()

export function setNotice(next: Notice | null): void {
  if (next === notice) return
  notice = next
  for (const listener of listeners) listener()
}

export function useNotice(): Notice | null {
  return useSyncExternalStore(subscribe, () => notice)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
