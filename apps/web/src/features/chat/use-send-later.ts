import { useMutation } from '@tanstack/react-query'
import { retryIdempotent } from '../../lib/query-client.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useChatDesk } from './chat-desk.ts'
import { listMentioned } from './composer-trigger.ts'
import type { Draft } from './drafts.ts'
import { uploadAll } from './send-files.ts'
import type { Attachments } from './use-attachments.ts'
import type { DraftState } from './use-draft.ts'

interface SendLaterOptions {
  conversationId: string
  draft: DraftState
  attachments: Attachments
  /** The last message that was on screen. */
  getSeenSeq: () => number
}

/** Writes down what is to be sent at a time, with its files; says whether there is something that can be. */
export function useSendLater(options: SendLaterOptions): (at: Date) => boolean {
  const { conversationId, draft, attachments, getSeenSeq } = options
  const trpc = useTrpc()
  const { uploads } = useChatDesk()
  const { mutateAsync } = useMutation(trpc.scheduled.create.mutationOptions({ retry: retryIdempotent }))

  async function write(at: Date): Promise<void> {
    const attachmentIds = await uploadAll(uploads, { conversationId, files: attachments.uploads })
    await mutateAsync({
      ...toScheduled(draft.value),
      ...{ conversationId, clientId: crypto.randomUUID() },
      ...{ sendAt: at.toISOString(), lastSeenSeq: getSeenSeq() },
      ...(attachmentIds.length > 0 && { attachmentIds }),
    })
    // Until it is written down, words and files stay where they are.
    uploads.finish(attachments.send())
    draft.clear()
  }

  return (at) => {
    const isEmpty = draft.value.body.trim() === '' && attachments.uploads.length === 0
    if (isEmpty || draft.isTooLong || draft.showUnfilled()) return false
    // What failed is said by a toast, or beside the file that could not be uploaded.
    void write(at).catch(() => undefined)
    return true
  }
}

function toScheduled(draft: Draft) {
  const { body, replyTo, private: isNote } = draft
  const named = listMentioned(draft)
  return {
    body: body.trim() === '' ? '' : body,
    ...(replyTo && { replyToSeq: replyTo.seq }),
    ...(isNote && { private: true }),
    ...(named.length > 0 && { mentions: named.map(({ userId }) => userId) }),
  }
}
