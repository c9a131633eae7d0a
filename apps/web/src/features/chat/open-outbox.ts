import type { QueryClient } from '@tanstack/react-query'
import { tenantApi } from '../../lib/trpc.ts'
import { putMessage } from './chat-cache.ts'
import { createOutboxRunner, type OutboxPorts, type OutboxRunner, type SendOutcome } from './outbox-runner.ts'
import { tellMacroRun } from './macro-runs.ts'
import type { FileUploads } from './file-uploads.ts'
import { openUploads } from './open-uploads.ts'
import { loadEntries } from './outbox-storage.ts'
import type { OutboxEntry } from './outbox.ts'
import type { PersonalWords, Words } from '../../lib/words.ts'
import { toOutcome, uploadAll } from './send-files.ts'

/** An answer that takes longer is as good as lost: the message is sent again under the same clientId. */
const SEND_TIMEOUT_MS = 15_000

interface Owner {
  tenantKey: string
  userId: string
  queryClient: QueryClient
}

/** What the browser keeps of a person, in all tabs. */
interface Kept {
  words: Words
  uploads: FileUploads
}

const outboxes = new Map<string, OutboxRunner>()

/** The one outbox of a person in a workspace: it goes on sending whatever page is open. */
export function openOutbox(owner: Owner, { outbox: words, chosen }: PersonalWords): OutboxRunner {
  const key = `${owner.tenantKey}:${owner.userId}`
  const known = outboxes.get(key)
  if (known) return known
  const outbox = createOutboxRunner(makePorts(owner, { words, uploads: openUploads(owner, chosen) }))
  globalThis.addEventListener('online', outbox.wake)
  // Of the same version, or it has been loaded afresh: what a tab says is an entry as this one knows them.
  words.listen((clientId, entry) => outbox.receive(clientId, entry as OutboxEntry | undefined))
  outboxes.set(key, outbox)
  return outbox
}

function makePorts({ tenantKey, userId, queryClient }: Owner, { words, uploads }: Kept): OutboxPorts {
  const { client, trpc } = tenantApi(tenantKey)
  async function send(entry: OutboxEntry): Promise<SendOutcome> {
    const { conversationId, clientId, body, lastSeenSeq, mentions, replyTo, files, macro } = entry
    try {
      const input = {
        conversationId,
        clientId,
        body,
        lastSeenSeq,
        private: entry.private,
        ...(files && { attachmentIds: await uploadAll(uploads, entry) }),
        ...(replyTo && { replyToSeq: replyTo.seq }),
        ...(macro && { macroId: macro.id }),
        ...(mentions && { mentions: mentions.map(({ userId: id }) => id) }),
      }
      const { message } = await client.chat.message.send.mutate(input, {
        signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
      })
      return { type: 'accepted', message }
    } catch (error) {
      return toOutcome(uploads, error)
    }
  }
  return {
    send,
    onAccepted(message, { conversationId, clientId, macro }) {
      putMessage({ queryClient, trpc, userId }, message)
      if (macro) tellMacroRun({ conversationId, clientId, macro })
    },
    load: () => loadEntries(words),
    save: (entry) => words.write(entry.clientId, entry),
    remove(clientId) {
      const entry = words.read(clientId) as Partial<OutboxEntry> | undefined
      uploads.finish(entry?.files ?? [])
      words.remove(clientId)
    },
    isKept: words.isKept,
    exclusively: (conversationId, work) => inTurn(`sarai:send:${userId}:${conversationId}`, work),
    isOnline: () => navigator.onLine,
    now: () => Date.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    random: () => Math.random(),
  }
}

/** A page that did not come over https has no locks. Then two tabs may both send, and the server takes the first. */
async function inTurn(name: string, work: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request(name, work)
  else await work()
}
