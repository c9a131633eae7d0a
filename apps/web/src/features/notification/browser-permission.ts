import { useSyncExternalStore } from 'react'

/** `unsupported`: this browser has no notifications, or the page did not come over https. */
export type BrowserPermission = NotificationPermission | 'unsupported'

const listeners = new Set<() => void>()

export function readPermission(): BrowserPermission {
  return 'Notification' in globalThis && globalThis.isSecureContext ? Notification.permission : 'unsupported'
}

export async function askPermission(): Promise<void> {
  await Notification.requestPermission()
  for (const listener of listeners) listener()
}

export function useBrowserPermission(): BrowserPermission {
  return useSyncExternalStore(subscribe, readPermission)
}

/** It is also changed beside the page, in the browser's own settings. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  globalThis.addEventListener('focus', listener)
  return () => {
    listeners.delete(listener)
    globalThis.removeEventListener('focus', listener)
  }
}
