import type { QueryClient } from '@tanstack/react-query'
import { tenantApi } from '../../lib/trpc.ts'
import { putMessage } from './chat-cache.ts'
import { createOutboxRunner, type OutboxRunner, type SendOutcome } from './outbox-runner.ts'
import { loadEntries, saveEntry } from './outbox-storage.ts'
import type { OutboxEntry } from './outbox.ts'
import { createPersonalStorage, type PersonalStorage } from '../../lib/personal-storage.ts'
import { toSendOutcome } from './send-outcome.ts'

/** An answer that takes longer is as good as lost: the message is sent again under the same clientId. */
const SEND_TIMEOUT_MS = 15_000

interface Owner {
  tenantKey: string
  userId: string
  queryClient: QueryClient
}

const outboxes = new Map<string, OutboxRunner>()

/** The one outbox of a person in a workspace: it goes on sending whatever page is open. */
export function openOutbox(owner: Owner): OutboxRunner {
  const key = `${owner.tenantKey}:${owner.userId}`
  const known = outboxes.get(key)
  if (known) return known
  const storage = createPersonalStorage(localStorage, { ...owner, kind: 'outbox' })
  const outbox = createOutboxRunner(makePorts(owner, storage))
  globalThis.addEventListener('online', outbox.wake)
  followOtherTabs(outbox, storage)
  outboxes.set(key, outbox)
  return outbox
}

function makePorts({ tenantKey, userId, queryClient }: Owner, storage: PersonalStorage) {
  const { client, trpc } = tenantApi(tenantKey)
  async function send(entry: OutboxEntry): Promise<SendOutcome> {
    const { conversationId, clientId, body, lastSeenSeq } = entry
    const input = { conversationId, clientId, body, lastSeenSeq, private: entry.private }
    try {
      const { message } = await client.chat.message.send.mutate(input, {
        signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
      })
      return { type: 'accepted', message }
    } catch (error) {
      return toSendOutcome(error)
    }
  }
  return {
    send,
    onAccepted: (message: Parameters<typeof putMessage>[1]) =>
      putMessage({ queryClient, trpc, userId }, message),
    load: () => loadEntries(storage),
    save: (entry: OutboxEntry) => saveEntry(storage, entry),
    remove: storage.remove,
    isOnline: () => navigator.onLine,
    now: () => Date.now(),
    after: (ms: number, run: () => void) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    random: () => Math.random(),
  }
}

/** What another tab has sent or discarded is not sent from here as well. */
function followOtherTabs(outbox: OutboxRunner, storage: PersonalStorage): void {
  globalThis.addEventListener('storage', ({ key, newValue }) => {
    if (newValue !== null) return
    const gone = outbox.getSnapshot().find((entry) => storage.fullKey(entry.clientId) === key)
    if (gone && gone.state !== 'sending') outbox.settle(gone.clientId)
  })
}
