import type { Customer } from '@sarai/api'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { retryIdempotent } from '../../lib/query-client.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { findCustomer, putCustomer } from './customer-cache.ts'
import { useCustomerCache } from './use-customer-cache.ts'

/** Archive and restore: shown at once, taken back if the server refuses, undone from the toast. */
export function useArchive() {
  const t = useTranslations('customer.toast')
  const tc = useTranslations('common')
  const trpc = useTrpc()
  const cache = useCustomerCache()
  const begin = (id: string, archivedAt: string | null): Customer | undefined => {
    const before = findCustomer(cache, id)
    if (before) putCustomer(cache, { ...before, archivedAt })
    return before
  }
  const takeBack = (before: Customer | undefined) => before && putCustomer(cache, before)
  const archive = useMutation(
    trpc.customer.archive.mutationOptions({
      retry: retryIdempotent,
      onMutate: ({ id }) => begin(id, new Date().toISOString()),
      onSuccess: (customer) => putCustomer(cache, customer),
      onError: (_error, _input, before) => takeBack(before),
    }),
  )
  const restore = useMutation(
    trpc.customer.restore.mutationOptions({
      retry: retryIdempotent,
      meta: { errors: 'inline' },
      onMutate: ({ id }) => begin(id, null),
      onSuccess: (customer) => putCustomer(cache, customer),
      onError: (error, _input, before) => {
        takeBack(before)
        const reaction = reactTo(error)
        if (reaction.kind === 'conflict') showToast({ title: t('restoreTaken'), tone: 'danger' })
        else if ('text' in reaction) showToast({ title: tc(`error.${reaction.text}`), tone: 'danger' })
      },
    }),
  )
  function offerUndo(title: string, undo: () => void): void {
    showToast({ id: 'customer.archive', title, action: { label: tc('action.undo'), run: undo } })
  }
  return {
    archive({ id, name }: Customer): void {
      archive.mutate({ id })
      offerUndo(t('archived', { name }), () => restore.mutate({ id }))
    },
    restore({ id, name }: Customer): void {
      restore.mutate({ id })
      offerUndo(t('restored', { name }), () => archive.mutate({ id }))
    },
  }
}
