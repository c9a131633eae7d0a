import { MESSAGE_BODY_LENGTH_MAX } from '@sarai/api/chat/schema'
import { z } from 'zod'
import type { PersonalStorage } from '../../lib/personal-storage.ts'

/** Longer drafts stay on screen, but are not kept: storage is small and shared by all conversations. */
export const DRAFT_LENGTH_MAX = 2 * MESSAGE_BODY_LENGTH_MAX

const Draft = z.object({ body: z.string().max(DRAFT_LENGTH_MAX), private: z.boolean() })
/** What is written and not yet sent in one conversation. */
export type Draft = z.infer<typeof Draft>

export const EMPTY_DRAFT: Draft = { body: '', private: false }

export function readDraft(storage: PersonalStorage, conversationId: string): Draft {
  return parseDraft(storage.read(conversationId)) ?? EMPTY_DRAFT
}

export function writeDraft(storage: PersonalStorage, conversationId: string, draft: Draft): void {
  if (draft.body === '' && !draft.private) return storage.remove(conversationId)
  if (draft.body.length <= DRAFT_LENGTH_MAX) storage.write(conversationId, JSON.stringify(draft))
}

/** A message that comes back into the composer stands before what has been written since. */
export function joinDrafts(returned: Draft, written: Draft): Draft {
  const body = [returned.body, written.body].filter((part) => part.trim() !== '').join('\n')
  return { body, private: returned.private }
}

function parseDraft(text: string | null): Draft | null {
  if (text === null) return null
  try {
    return Draft.parse(JSON.parse(text))
  } catch {
    return null
  }
}
