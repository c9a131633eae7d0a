import type { Conversation, ConversationForMember, Label } from '@sarai/api'
import type { Priority } from '@sarai/api/chat/schema'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { retryIdempotent } from '../../lib/query-client.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { toStatusInput } from './use-conversation-writes.ts'
import { useOptimism } from './use-optimism.ts'
import type { Assignee } from './use-write-toasts.ts'

/** Changes of all chosen conversations: shown at once, taken back where the server refuses, undone together. */
export function useManyWrites(selected: readonly ConversationForMember[]) {
  const send = useManySends()
  const tellDone = useDoneToast(selected.length)
  const restoreStatus = () => send.setStatus({ items: selected.map((each) => toStatusInput(each)) })
  return {
    resolve(): void {
      send.setStatus({ items: selected.map(({ id }) => ({ id, status: 'resolved' as const })) })
      tellDone('resolved', restoreStatus)
    },
    reopen(): void {
      send.setStatus({ items: selected.map(({ id }) => ({ id, status: 'open' as const })) })
      tellDone('reopened', restoreStatus)
    },
    snooze(until: Date): void {
      const snoozed = { status: 'snoozed' as const, snoozedUntil: until.toISOString() }
      send.setStatus({ items: selected.map(({ id }) => ({ id, ...snoozed })) })
      tellDone('snoozed', restoreStatus)
    },
    assign(assignee: Assignee): void {
      send.assign({ items: selected.map(({ id }) => ({ id, assigneeId: assignee?.id ?? null })) })
      tellDone('assigned', () =>
        send.assign({ items: selected.map(({ id, assigneeId }) => ({ id, assigneeId })) }),
      )
    },
    assignTeam(teamId: string | null): void {
      send.setTeam({ items: selected.map(({ id }) => ({ id, teamId })) })
      tellDone('assigned', () =>
        send.setTeam({ items: selected.map((each) => ({ id: each.id, teamId: each.teamId })) }),
      )
    },
    setPriority(priority: Priority): void {
      send.setPriority({ items: selected.map(({ id }) => ({ id, priority })) })
      tellDone('prioritized', () =>
        send.setPriority({ items: selected.map((each) => ({ id: each.id, priority: each.priority })) }),
      )
    },
    /** On all of them: taken off; else put on those that lack it. */
    toggleLabel({ id: label }: Label): void {
      const lacking = selected.filter(({ labelIds }) => !labelIds.includes(label))
      const isOnAll = lacking.length === 0
      const ids = (isOnAll ? selected : lacking).map(({ id }) => id)
      const take = () => send.setLabels({ items: ids.map((id) => ({ id, remove: [label] })) })
      const put = () => send.setLabels({ items: ids.map((id) => ({ id, add: [label] })) })
      if (isOnAll) take()
      else put()
      tellDone('labelled', isOnAll ? put : take)
    },
  }
}

function useManySends() {
  const { many } = useTrpc().chat
  const { findMemberName } = useOptimism()
  const shown = useShown()
  const status = useMutation(
    many.setStatus.mutationOptions(
      shown((item: { status: Conversation['status']; snoozedUntil?: string | undefined }) => ({
        status: item.status,
        snoozedUntil: item.snoozedUntil ?? null,
      })),
    ),
  )
  const assign = useMutation(
    many.assign.mutationOptions(
      shown(({ assigneeId }: { assigneeId: string | null }) => ({
        assigneeId,
        assigneeName: findMemberName(assigneeId),
      })),
    ),
  )
  const team = useMutation(
    many.setTeam.mutationOptions(shown((item: { teamId: string | null }) => ({ teamId: item.teamId }))),
  )
  const priority = useMutation(
    many.setPriority.mutationOptions(shown((item: { priority: Priority }) => ({ priority: item.priority }))),
  )
  const labels = useMutation(
    many.setLabels.mutationOptions(
      shown((item: { add?: string[] | undefined; remove?: string[] | undefined }, { labelIds }) => ({
        labelIds: [...labelIds.filter((id) => !item.remove?.includes(id)), ...(item.add ?? [])],
      })),
    ),
  )
  return {
    setStatus: status.mutate,
    assign: assign.mutate,
    setTeam: team.mutate,
    setPriority: priority.mutate,
    setLabels: labels.mutate,
  }
}

type Before = (ConversationForMember | undefined)[]

/** What is seen of a call about several: `toChanges` says what an item makes of its conversation. */
function useShown() {
  const optimistic = useOptimism()
  const t = useTranslations('chat.many')
  return <Item>(toChanges: (item: Item, known: Conversation) => Partial<Conversation>) => ({
    retry: retryIdempotent,
    onMutate: ({ items }: { items: (Item & { id: string })[] }): Before =>
      items.map((item) => optimistic.begin(item.id, (known) => toChanges(item, known))),
    onSuccess: (
      { changed, refused }: { changed: Conversation[]; refused: { id: string }[] },
      _input: unknown,
      before: Before,
    ) => {
      for (const conversation of changed) optimistic.finish(conversation)
      for (const { id } of refused) optimistic.takeBack(before.find((each) => each?.id === id))
      if (refused.length > 0) {
        showToast({ id: 'chat.refused', title: t('refused', { count: refused.length }) })
      }
    },
    onError: (_error: unknown, _input: unknown, before: Before | undefined) => {
      for (const each of before ?? []) optimistic.takeBack(each)
    },
  })
}

type Done = 'resolved' | 'reopened' | 'snoozed' | 'assigned' | 'prioritized' | 'labelled'

function useDoneToast(count: number): (what: Done, undo: () => void) => void {
  const t = useTranslations('chat.many')
  const tc = useTranslations('common.action')
  return (what, undo) =>
    showToast({ id: 'chat.write', title: t(what, { count }), action: { label: tc('undo'), run: undo } })
}
