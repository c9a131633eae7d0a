import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { retryIdempotent } from '../../lib/query-client.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useCustomerCache } from './use-customer-cache.ts'

/** One toast for a merge and for its undo: what has been undone is not offered to be undone again. */
export function mergeToast(mergeId: string): string {
  return `merge.${mergeId}`
}

/** Makes several customers again of the one that a merge made, and says what became of it. */
export function useUndoMerge() {
  const t = useTranslations('customer.duplicate')
  const te = useTranslations('common.error')
  const trpc = useTrpc()
  const { queryClient } = useCustomerCache()
  const undo = useMutation(
    trpc.duplicate.undoMerge.mutationOptions({
      retry: retryIdempotent,
      meta: { errors: 'inline' },
      onSuccess: ({ kept }, { mergeId }) => {
        void queryClient.invalidateQueries(trpc.customer.pathFilter())
        void queryClient.invalidateQueries(trpc.duplicate.pathFilter())
        const title = t(kept.length > 0 ? 'undoneKept' : 'undone')
        showToast({ id: mergeToast(mergeId), title, tone: 'success' })
      },
      onError: (error) => {
        const reaction = reactTo(error)
        if (reaction.kind === 'conflict') {
          const isTaken = reaction.details['field'] !== undefined
          showToast({ title: t(isTaken ? 'conflict.taken' : 'conflict.mergedSince'), tone: 'danger' })
        } else if ('text' in reaction) showToast({ title: te(reaction.text), tone: 'danger' })
        else if (reaction.kind === 'not-found') showToast({ title: te('notFound'), tone: 'danger' })
      },
    }),
  )
  return {
    isUndoing: undo.isPending,
    undoMerge: (mergeId: string) => {
      if (!undo.isPending) undo.mutate({ mergeId })
    },
  }
}
