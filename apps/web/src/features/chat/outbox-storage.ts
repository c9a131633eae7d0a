import { MessageBody } from '@sarai/api/chat/schema'
import { z } from 'zod'
import { type OutboxEntry, SEND_FAILURES } from './outbox.ts'
import type { PersonalStorage } from '../../lib/personal-storage.ts'

/** What was written before a reload. Read with suspicion: an older version of the app may have left it. */
const StoredEntry = z.object({
  clientId: z.uuid(),
  conversationId: z.uuid(),
  body: MessageBody,
  private: z.boolean(),
  lastSeenSeq: z.int().min(0),
  writtenAt: z.iso.datetime(),
  state: z.enum(['queued', 'sending', 'held', 'failed']),
  failure: z.enum(SEND_FAILURES).nullable(),
})

/** In the order in which they were written. A held one is sent again, to be told afresh what came meanwhile. */
export function loadEntries(storage: PersonalStorage): OutboxEntry[] {
  const entries = storage.keys().flatMap((key) => parseEntry(storage.read(key)))
  return entries.toSorted((one, other) => (one.writtenAt < other.writtenAt ? -1 : 1))
}

/** One key for each entry, so that two tabs never write over each other's. */
export function saveEntry(storage: PersonalStorage, entry: OutboxEntry): void {
  storage.write(entry.clientId, JSON.stringify(entry))
}

function parseEntry(text: string | null): OutboxEntry[] {
  if (text === null) return []
  try {
    const stored = StoredEntry.parse(JSON.parse(text))
    const state = stored.state === 'held' ? 'queued' : stored.state
    return [{ ...stored, state, attempts: 0, notBefore: 0, unseen: null }]
  } catch {
    return []
  }
}
