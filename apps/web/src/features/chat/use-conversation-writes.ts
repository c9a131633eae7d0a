import type { Conversation, ConversationForMember } from '@sarai/api'
import { useMutation } from '@tanstack/react-query'
import { retryIdempotent } from '../../lib/query-client.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useOptimism } from './use-optimism.ts'
import { type Assignee, useWriteToasts } from './use-write-toasts.ts'

export type ConversationWrites = ReturnType<typeof useConversationWrites>

/** Changes of one conversation: shown at once, taken back if the server refuses, undone from the toast. */
export function useConversationWrites(conversation: ConversationForMember) {
  const trpc = useTrpc()
  const toasts = useWriteToasts()
  const optimistic = useOptimism()
  const setStatus = useMutation(
    trpc.chat.conversation.setStatus.mutationOptions({
      retry: retryIdempotent,
      onMutate: ({ id, status, snoozedUntil }) =>
        optimistic.begin(id, () => ({ status, snoozedUntil: snoozedUntil ?? null })),
      onSuccess: optimistic.finish,
      onError: (_error, _input, before) => optimistic.takeBack(before),
    }),
  )
  const setAssignee = useMutation(
    trpc.chat.conversation.assign.mutationOptions({
      retry: retryIdempotent,
      onMutate: ({ id, assigneeId }) =>
        optimistic.begin(id, () => ({ assigneeId, assigneeName: optimistic.findMemberName(assigneeId) })),
      onSuccess: optimistic.finish,
      onError: (_error, _input, before) => optimistic.takeBack(before),
    }),
  )
  const { id, assigneeId: assigneeBefore } = conversation
  const restoreStatus = () => setStatus.mutate(toStatusInput(conversation))

  function assign(assignee: Assignee): void {
    setAssignee.mutate({ id, assigneeId: assignee?.id ?? null })
    toasts.assigned(assignee, () => setAssignee.mutate({ id, assigneeId: assigneeBefore }))
  }
  function reopen(): void {
    setStatus.mutate({ id, status: 'open' })
    toasts.show('reopened', restoreStatus)
  }
  function snooze(until: Date): void {
    setStatus.mutate({ id, status: 'snoozed', snoozedUntil: until.toISOString() })
    toasts.snoozed(until, restoreStatus)
  }
  function toggleResolved(): void {
    if (conversation.status !== 'open') return reopen()
    setStatus.mutate({ id, status: 'resolved' })
    toasts.show('resolved', restoreStatus)
  }
  return { assign, reopen, snooze, toggleResolved }
}

/** A snooze that has run out meanwhile is an open conversation. */
export function toStatusInput({ id, status, snoozedUntil }: Conversation, now = Date.now()) {
  if (status !== 'snoozed') return { id, status }
  if (snoozedUntil === null || Date.parse(snoozedUntil) <= now) return { id, status: 'open' as const }
  return { id, status, snoozedUntil }
}
