import type { Customer } from '@sarai/api'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { putCustomer } from './customer-cache.ts'
import { toValues } from './merge-edits.ts'
import { useCustomerCache } from './use-customer-cache.ts'

/** Says that an edit was saved, with a way back. Undo is an edit too: it stands on the version it takes back. */
export function useSavedToast(): (before: Customer, after: Customer) => void {
  const t = useTranslations('customer.toast')
  const tc = useTranslations('common.action')
  const trpc = useTrpc()
  const cache = useCustomerCache()
  const update = useMutation(
    trpc.customer.update.mutationOptions({ onSuccess: (customer) => putCustomer(cache, customer) }),
  )
  return (before, after) =>
    showToast({
      id: `customer.saved.${after.id}`,
      title: t('saved'),
      tone: 'success',
      action: {
        label: tc('undo'),
        run: () => update.mutate({ ...toValues(before), id: before.id, version: after.version }),
      },
    })
}
