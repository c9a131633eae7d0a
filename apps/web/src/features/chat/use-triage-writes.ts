import type { ConversationForMember, Label } from '@sarai/api'
import type { Priority } from '@sarai/api/chat/schema'
import { useMutation } from '@tanstack/react-query'
import { retryIdempotent } from '../../lib/query-client.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { findConversation } from './chat-cache.ts'
import { useChatDesk } from './chat-desk.ts'
import { useOptimism } from './use-optimism.ts'
import { useWriteToasts } from './use-write-toasts.ts'

/** How a conversation is sorted: shown at once, taken back if the server refuses. */
export function useTriageWrites({ id, priority: priorityBefore, teamId: teamBefore }: ConversationForMember) {
  const trpc = useTrpc()
  const { cache } = useChatDesk()
  const toasts = useWriteToasts()
  const optimistic = useOptimism()
  const priority = useMutation(
    trpc.chat.conversation.setPriority.mutationOptions({
      retry: retryIdempotent,
      onMutate: (input) => optimistic.begin(id, () => ({ priority: input.priority })),
      onSuccess: optimistic.finish,
      onError: (_error, _input, before) => optimistic.takeBack(before),
    }),
  )
  const labels = useMutation(
    trpc.chat.conversation.setLabels.mutationOptions({
      retry: retryIdempotent,
      onMutate: ({ add = [], remove = [] }) =>
        optimistic.begin(id, ({ labelIds }) => ({
          labelIds: [...labelIds.filter((each) => !remove.includes(each)), ...add],
        })),
      onSuccess: optimistic.finish,
      onError: (_error, _input, before) => optimistic.takeBack(before),
    }),
  )
  const team = useMutation(
    trpc.chat.conversation.setTeam.mutationOptions({
      retry: retryIdempotent,
      onMutate: ({ teamId }) => optimistic.begin(id, () => ({ teamId })),
      onSuccess: optimistic.finish,
      onError: (_error, _input, before) => optimistic.takeBack(before),
    }),
  )
  return {
    setTeam(teamId: string | null): void {
      team.mutate({ id, teamId })
      toasts.show(teamId === null ? 'noTeam' : 'team', () => team.mutate({ id, teamId: teamBefore }))
    },
    setPriority(next: Priority): void {
      priority.mutate({ id, priority: next })
      toasts.prioritized(next, () => priority.mutate({ id, priority: priorityBefore }))
    },
    /** No toast: the menu stays open with the way back in it. */
    toggleLabel(label: Label): void {
      const isOn = findConversation(cache, id)?.labelIds.includes(label.id)
      labels.mutate(isOn ? { id, remove: [label.id] } : { id, add: [label.id] })
    },
  }
}
