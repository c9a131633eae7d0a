import { MESSAGE_BODY_LENGTH_MAX } from '@sarai/api/chat/schema'
import { z } from 'zod'
import type { Words } from '../../lib/words.ts'

/** Longer drafts stay on screen, but are not kept: storage is small and shared by all conversations. */
export const DRAFT_LENGTH_MAX = 2 * MESSAGE_BODY_LENGTH_MAX

/** As they stand in what is kept in the browser, drafts and unsent messages alike. */
export const KeptMention = z.object({ userId: z.uuid(), name: z.string() })
export const KeptQuote = z.object({
  seq: z.int().positive(),
  authorKind: z.enum(['agent', 'customer', 'system']),
  authorName: z.string().nullable(),
  text: z.string(),
})
export const KeptMacro = z.object({ id: z.uuid(), name: z.string() })
/** A macro that is run when the message is sent. */
export type RunningMacro = z.infer<typeof KeptMacro>
const Draft = z.object({
  body: z.string().max(DRAFT_LENGTH_MAX),
  private: z.boolean(),
  /** Whom the text names, if it is sent as a note. */
  mentions: z.array(KeptMention).exactOptional(),
  /** What it answers. */
  replyTo: KeptQuote.exactOptional(),
  /** What else is done when it is sent. */
  macro: KeptMacro.exactOptional(),
})
/** What is written and not yet sent in one conversation. */
export type Draft = z.infer<typeof Draft>

export const EMPTY_DRAFT: Draft = { body: '', private: false }

export function readDraft(words: Words, conversationId: string): Draft {
  return toDraft(words.read(conversationId))
}

export function writeDraft(words: Words, conversationId: string, draft: Draft): void {
  if (draft.body === '' && !draft.private && !draft.replyTo) return words.remove(conversationId)
  if (draft.body.length <= DRAFT_LENGTH_MAX) words.write(conversationId, draft)
}

/** A message that comes back into the composer stands before what has been written since. */
export function joinDrafts(returned: Draft, written: Draft): Draft {
  const body = [returned.body, written.body].filter((part) => part.trim() !== '').join('\n')
  const mentions = [...(returned.mentions ?? []), ...(written.mentions ?? [])]
  const replyTo = returned.replyTo ?? written.replyTo
  const macro = returned.macro ?? written.macro
  return {
    body,
    private: returned.private,
    ...(mentions.length > 0 && { mentions }),
    ...(replyTo && { replyTo }),
    ...(macro && { macro }),
  }
}

/** Read with suspicion: an older version of the app may have left it. Nothing is an empty draft. */
export function toDraft(value: unknown): Draft {
  const parsed = Draft.safeParse(value)
  return parsed.success ? parsed.data : EMPTY_DRAFT
}

export function isSameDraft(one: Draft, other: Draft): boolean {
  const ids = ({ mentions = [] }: Draft) => mentions.map(({ userId }) => userId).join(' ')
  return (
    one.body === other.body &&
    one.private === other.private &&
    ids(one) === ids(other) &&
    one.replyTo?.seq === other.replyTo?.seq &&
    one.macro?.id === other.macro?.id
  )
}
