import type { CustomerViewContent } from '@sarai/api/customer/schema'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { useTrpc } from '../../lib/trpc.ts'
import type { ViewDesk } from '../../ui/view-desk.ts'
import type { CustomersSearch } from './customer-queries.ts'
import { toContent, toSearch } from './view-search.ts'

/** The saved lists of customers. */
export function useCustomerViews(): ViewDesk<CustomersSearch, CustomerViewContent> {
  const t = useTranslations('customer')
  const queryClient = useQueryClient()
  const { view } = useTrpc().customer
  const { data } = useQuery(view.list.queryOptions())
  const options = { meta: { errors: 'inline' as const } }
  const create = useMutation(view.create.mutationOptions(options))
  const update = useMutation(view.update.mutationOptions(options))
  const remove = useMutation(view.delete.mutationOptions(options))
  const restore = useMutation(view.restore.mutationOptions(options))
  return {
    views: data?.items ?? [],
    mayShare: useCan()('customer:configure'),
    words: { all: t('view.all'), keys: t('shortcut.group') },
    toContent,
    toSearch,
    create: (made) => create.mutateAsync(made),
    update: (change) => update.mutateAsync(change),
    remove: (id) => remove.mutateAsync({ id }),
    restore: (id) => restore.mutateAsync({ id }),
    refresh: () => queryClient.invalidateQueries(view.pathFilter()),
  }
}
