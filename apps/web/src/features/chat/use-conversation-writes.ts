import type { Conversation, ConversationForMember } from '@sarai/api'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { retryIdempotent } from '../../lib/query-client.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { findConversation, putConversation } from './chat-cache.ts'
import { useChatDesk } from './chat-desk.ts'

type Assignee = { id: string; name: string } | null

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
        optimistic.begin(id, { status, snoozedUntil: snoozedUntil ?? null }),
      onSuccess: optimistic.finish,
      onError: (_error, _input, before) => optimistic.takeBack(before),
    }),
  )
  const setAssignee = useMutation(
    trpc.chat.conversation.assign.mutationOptions({
      retry: retryIdempotent,
      onMutate: ({ id, assigneeId }) =>
        optimistic.begin(id, { assigneeId, assigneeName: optimistic.findMemberName(assigneeId) }),
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
function toStatusInput({ id, status, snoozedUntil }: Conversation, now = Date.now()) {
  if (status !== 'snoozed') return { id, status }
  if (snoozedUntil === null || Date.parse(snoozedUntil) <= now) return { id, status: 'open' as const }
  return { id, status, snoozedUntil }
}

function useOptimism() {
  const { cache } = useChatDesk()
  const { queryClient, trpc } = cache
  return {
    findMemberName(id: string | null): string | null {
      const members = queryClient.getQueryData(trpc.chat.member.list.queryKey())
      return members?.items.find((member) => member.id === id)?.name ?? null
    },
    begin(id: string, changes: Partial<Conversation>): ConversationForMember | undefined {
      const before = findConversation(cache, id)
      if (before) putConversation(cache, { ...before, ...changes })
      return before
    },
    finish(answer: Conversation): void {
      const known = findConversation(cache, answer.id)
      if (known) putConversation(cache, { ...answer, lastReadSeq: known.lastReadSeq, unread: known.unread })
    },
    takeBack(before: ConversationForMember | undefined): void {
      if (before) putConversation(cache, before)
    },
  }
}

function useWriteToasts() {
  const t = useTranslations('chat.toast')
  const tc = useTranslations('common.action')
  const format = useFormat()
  const { me } = useChatDesk()
  function add(title: string, undo: () => void): void {
    showToast({ id: 'chat.write', title, action: { label: tc('undo'), run: undo } })
  }
  return {
    show: (text: 'resolved' | 'reopened', undo: () => void) => add(t(text), undo),
    snoozed: (until: Date, undo: () => void) =>
      add(t('snoozed', { time: format.dateTime(until.toISOString()) }), undo),
    assigned(assignee: Assignee, undo: () => void): void {
      if (assignee === null) return add(t('unassigned'), undo)
      add(assignee.id === me.id ? t('assignedToMe') : t('assigned', { name: assignee.name }), undo)
    },
  }
}
