import type { CustomerViewContent } from '@sarai/api/customer/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { reactTo } from '../../lib/errors.ts'
import { useTrpc } from '../../lib/trpc.ts'
import type { CustomerFiltersProps } from './customer-filters.tsx'
import type { CustomerView } from './view-menu.tsx'

/** Changes and deletes a view; each with a way back. */
export function useChangeView({ search, onSearchChange }: CustomerFiltersProps) {
  const t = useTranslations('customer.view')
  const tc = useTranslations('common.action')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries(trpc.customer.view.pathFilter())
  const options = {
    meta: { errors: 'inline' as const },
    onSuccess: refresh,
    onError: (error: unknown) => {
      void refresh()
      showToast({ title: t(whyNot(error)), tone: 'danger' })
    },
  }
  const update = useMutation(trpc.customer.view.update.mutationOptions(options))
  const remove = useMutation(trpc.customer.view.delete.mutationOptions(options))
  const restore = useMutation(trpc.customer.view.restore.mutationOptions(options))
  function offerUndo(title: string, run: () => void): void {
    showToast({ id: 'customer.view', title, tone: 'success', action: { label: tc('undo'), run } })
  }
  return {
    update(view: CustomerView, change: { isShared?: boolean; content?: CustomerViewContent }): void {
      const { id, name, version, isShared, content } = view
      const before = change.content ? { content } : { isShared }
      update.mutate(
        { id, version, ...change },
        {
          onSuccess: (saved) =>
            offerUndo(t('saved', { name }), () => update.mutate({ id, version: saved.version, ...before })),
        },
      )
    },
    remove({ id, name }: CustomerView): void {
      const { view: _view, ...list } = search
      remove.mutate(
        { id },
        {
          onSuccess: () => {
            onSearchChange(list)
            offerUndo(t('deleted', { name }), () =>
              restore.mutate({ id }, { onSuccess: () => onSearchChange(search) }),
            )
          },
        },
      )
    },
  }
}

/** Why a view could not be saved, as a text of `customer.view`. */
export function whyNot(error: unknown): 'nameTaken' | 'changedMeanwhile' | 'tooMany' | 'gone' | 'failed' {
  const reaction = reactTo(error)
  if (reaction.kind === 'not-found') return 'gone'
  if (reaction.kind !== 'conflict') return 'failed'
  if (reaction.details['field'] === 'name') return 'nameTaken'
  return reaction.details['current'] ? 'changedMeanwhile' : 'tooMany'
}
