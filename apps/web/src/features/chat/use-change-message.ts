import type { Message } from '@sarai/api'
import { MESSAGE_CHANGE_MINUTES_MAX } from '@sarai/api/chat/schema'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { retryIdempotent } from '../../lib/query-client.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { putMessage } from './chat-cache.ts'
import { useChatDesk } from './chat-desk.ts'
import type { TimelineMessage } from './timeline.ts'

/** Edits or deletes one's own message. The same twice is the same as once, so a lost answer is asked for again. */
export function useChangeMessage({ id }: TimelineMessage, onDone?: () => void) {
  const t = useTranslations('chat.change')
  const trpc = useTrpc()
  const { cache } = useChatDesk()
  const options = {
    meta: { errors: 'inline' as const },
    retry: retryIdempotent,
    onSuccess: (message: Message) => {
      putMessage(cache, message)
      onDone?.()
    },
  }
  const edit = useMutation(trpc.chat.message.edit.mutationOptions(options))
  const remove = useMutation(trpc.chat.message.remove.mutationOptions(options))
  const error = edit.error ?? remove.error
  return {
    isBusy: edit.isPending || remove.isPending,
    error: error === null ? undefined : t(describe(error), { minutes: MESSAGE_CHANGE_MINUTES_MAX }),
    edit(body: string): void {
      if (id !== null) edit.mutate({ id, body })
    },
    remove(): void {
      if (id !== null) remove.mutate({ id })
    },
  }
}

function describe(error: unknown): 'tooLate' | 'gone' | 'failed' {
  const reaction = reactTo(error)
  if (reaction.kind !== 'conflict') return 'failed'
  return reaction.details['reason'] === 'too-late' ? 'tooLate' : 'gone'
}
