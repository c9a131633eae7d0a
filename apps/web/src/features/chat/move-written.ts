import { type Draft, joinDrafts, readDraft, writeDraft } from './drafts.ts'
import type { Words } from '../../lib/words.ts'
import type { ChosenFile, FileUploads } from './file-uploads.ts'
import type { OutboxRunner } from './outbox-runner.ts'
import type { OutboxEntry } from './outbox.ts'

interface Desk {
  drafts: Words
  uploads: Pick<FileUploads, 'takeBack'>
  outbox: Pick<OutboxRunner, 'discard'>
}

interface Move {
  from: string
  to: string
  /** Messages that were refused because their conversation had been merged. */
  unsent: readonly OutboxEntry[]
  /** Chosen for the message that is being written. */
  files: readonly ChosenFile[]
}

/**
 * What somebody has written in a conversation becomes what they are writing in another, before whatever they have begun there. What
 * it answered stays behind: its number is that of another conversation.
 */
export function moveWritten({ drafts, uploads, outbox }: Desk, { from, to, unsent, files }: Move): void {
  const written = [...unsent, readDraft(drafts, from)].map(withoutAnswered)
  const begun = readDraft(drafts, to)
  // Of several that become one, a note among them makes it a note: nobody's note is sent to a customer by that.
  const isNote = [...written, begun].some((part) => part.private && part.body.trim() !== '')
  const draft = written.reduceRight((joined, part) => joinDrafts(part, joined), begun)
  if (written.some(({ body }) => body.trim() !== '')) writeDraft(drafts, to, { ...draft, private: isNote })
  drafts.remove(from)
  uploads.takeBack(to, [...unsent.flatMap((entry) => entry.files ?? []), ...files])
  for (const { clientId } of unsent) outbox.discard(clientId)
}

function withoutAnswered({ replyTo: _, ...draft }: Draft): Draft {
  return draft
}
