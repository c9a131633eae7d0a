import { useMutation } from '@tanstack/react-query'
import { retryIdempotent } from '../../lib/query-client.ts'
import { useTrpc } from '../../lib/trpc.ts'
import type { DraftState } from './use-draft.ts'

interface SendLaterOptions {
  conversationId: string
  draft: DraftState
  /** The last message that was on screen. */
  getSeenSeq: () => number
}

/** Writes down what is to be sent at a time; says whether there is something that can be. */
export function useSendLater({ conversationId, draft, getSeenSeq }: SendLaterOptions): (at: Date) => boolean {
  const trpc = useTrpc()
  const { mutate } = useMutation(trpc.scheduled.create.mutationOptions({ retry: retryIdempotent }))
  return (at) => {
    const { body, replyTo } = draft.value
    if (body.trim() === '' || draft.isTooLong || draft.showUnfilled()) return false
    const message = { conversationId, clientId: crypto.randomUUID(), body, sendAt: at.toISOString() }
    mutate(
      { ...message, lastSeenSeq: getSeenSeq(), ...(replyTo && { replyToSeq: replyTo.seq }) },
      // Until it is written down, the words stay where they are.
      { onSuccess: draft.clear },
    )
    return true
  }
}
