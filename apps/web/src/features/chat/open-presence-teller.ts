import { createPresenceTeller, type PresenceTeller } from './presence-teller.ts'

let tabId: string | undefined
const tellers = new Map<string, PresenceTeller>()

/** This tab's, for one workspace; the same each time. */
export function openPresenceTeller(tenantKey: string): PresenceTeller {
  let teller = tellers.get(tenantKey)
  if (!teller) {
    teller = createPresenceTeller((word) =>
      fetch(`/t/${tenantKey}/trpc/presence.tell`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...word, tabId: (tabId ??= crypto.randomUUID()) }),
        // The last word of a page that is closed is sent after it.
        keepalive: true,
      }),
    )
    tellers.set(tenantKey, teller)
  }
  return teller
}
