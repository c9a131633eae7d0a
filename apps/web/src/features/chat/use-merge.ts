import type { ConversationMerge } from '@sarai/api'
import { MERGE_REFUSALS, type MergeRefusal } from '@sarai/api/merge/schema'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { retryIdempotent } from '../../lib/query-client.ts'
import { showToast } from '../../lib/toast.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { withoutPanel } from './chat-queries.ts'
import { useOptimism } from './use-optimism.ts'

/** Merges two conversations and goes to the one that goes on, with the way back. */
export function useMerge(openId: string, onDone: () => void) {
  const t = useTranslations('chat.merge')
  const tc = useTranslations('common.action')
  const trpc = useTrpc()
  const goTo = useGoTo()
  const { finish } = useOptimism()
  // By the time it is taken back the page is another one's: what is done then belongs to the hook, not to the call.
  const separate = useSeparate(() => goTo(openId))
  const tellRefusal = useRefusalToast()
  const { mutate: merge, isPending } = useMutation(
    trpc.merge.conversations.mutationOptions({
      meta: { errors: 'inline' },
      retry: retryIdempotent,
      onError: tellRefusal,
      onSuccess({ conversationMergeId, survivor, merged }) {
        finish(merged)
        finish(survivor)
        onDone()
        const undo = () => separate.mutate({ conversationMergeId })
        showToast({ id: 'chat.write', title: t('done'), action: { label: tc('undo'), run: undo } })
        goTo(survivor.id)
      },
    }),
  )
  return { merge, isPending }
}

/** Takes a merge back. */
export function useSeparate(onDone?: () => void) {
  const t = useTranslations('chat.merge')
  const trpc = useTrpc()
  const { finish } = useOptimism()
  const tellRefusal = useRefusalToast()
  return useMutation(
    trpc.merge.separate.mutationOptions({
      meta: { errors: 'inline' },
      retry: retryIdempotent,
      onError: tellRefusal,
      onSuccess({ survivor, merged, kept }) {
        finish(merged)
        finish(survivor)
        onDone?.()
        const what = kept.map((part) => t(`keptPart.${part}`)).join(', ')
        showToast({ id: 'chat.write', title: kept.length > 0 ? t('kept', { what }) : t('undone') })
      },
    }),
  )
}

/** What a part is called between the messages of another conversation. */
export function useMergeName() {
  const t = useTranslations('chat.merge')
  return ({ subject, customerName }: Pick<ConversationMerge, 'subject' | 'customerName'>) =>
    subject ?? t('of', { name: customerName })
}

export function useGoTo() {
  const tenantKey = useTenantKey()
  const navigate = useNavigate()
  return (conversationId: string) =>
    void navigate({
      to: '/$tenantKey/chat/$conversationId',
      params: { tenantKey, conversationId },
      search: withoutPanel,
    })
}

function useRefusalToast() {
  const t = useTranslations('chat.merge.refused')
  return (error: unknown) => showToast({ title: t(readReason(error)), tone: 'danger' })
}

function readReason(error: unknown): MergeRefusal | 'unexpected' {
  const reaction = reactTo(error)
  const reason = reaction.kind === 'conflict' ? reaction.details['reason'] : undefined
  return MERGE_REFUSALS.find((known) => known === reason) ?? 'unexpected'
}
