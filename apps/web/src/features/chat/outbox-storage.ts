import { MessageText } from '@sarai/api/chat/schema'
import { z } from 'zod'
import { KeptMacro, KeptMention, KeptQuote } from './drafts.ts'
import { type OutboxEntry, SEND_FAILURES } from './outbox.ts'
import type { Words } from '../../lib/words.ts'

/** What was written before a reload. Read with suspicion: an older version of the app may have left it. */
const StoredEntry = z
  .object({
    clientId: z.uuid(),
    conversationId: z.uuid(),
    body: MessageText,
    private: z.boolean(),
    mentions: z.array(KeptMention).exactOptional(),
    replyTo: KeptQuote.exactOptional(),
    macro: KeptMacro.exactOptional(),
    files: z
      .array(z.object({ key: z.uuid(), name: z.string(), bytes: z.int().min(0) }))
      .min(1)
      .exactOptional(),
    lastSeenSeq: z.int().min(0),
    writtenAt: z.iso.datetime(),
    state: z.enum(['queued', 'sending', 'held', 'failed']),
    failure: z.enum(SEND_FAILURES).nullable(),
  })
  .refine(({ body, files }) => body.trim() !== '' || files !== undefined)

/** In the order in which they were written. A held one is sent again, to be told afresh what came meanwhile. */
export function loadEntries(words: Words): OutboxEntry[] {
  const entries = words.values().flatMap((value) => parseEntry(value) ?? [])
  return entries.toSorted((one, other) => (one.writtenAt < other.writtenAt ? -1 : 1))
}

function parseEntry(value: unknown): OutboxEntry | undefined {
  const parsed = StoredEntry.safeParse(value)
  if (!parsed.success) return undefined
  const state = parsed.data.state === 'held' ? 'queued' : parsed.data.state
  return { ...parsed.data, state, attempts: 0, notBefore: 0, unseen: null }
}
