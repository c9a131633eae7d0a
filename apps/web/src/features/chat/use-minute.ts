import { useSyncExternalStore } from 'react'

const MINUTE_MS = 60_000

/** The current minute: whoever shows "5 minutes ago" is drawn again when it has become six. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / MINUTE_MS))
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, MINUTE_MS / 4)
  return () => clearInterval(timer)
}
