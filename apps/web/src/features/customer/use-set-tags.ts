import type { Customer, CustomerTag } from '@sarai/api'
import { useMutation } from '@tanstack/react-query'
import { retryIdempotent } from '../../lib/query-client.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { putCustomer } from './customer-cache.ts'
import { useCustomerCache } from './use-customer-cache.ts'

/** Puts a tag on or takes it off: shown at once, taken back if the server refuses. */
export function useSetTags(): (
  customer: Customer,
  change: { add?: CustomerTag; remove?: CustomerTag },
) => void {
  const trpc = useTrpc()
  const cache = useCustomerCache()
  const set = useMutation(trpc.customer.setTags.mutationOptions({ retry: retryIdempotent }))
  return (customer, { add, remove }) => {
    const kept = customer.tags.filter(({ id }) => id !== remove?.id && id !== add?.id)
    putCustomer(cache, { ...customer, tags: add ? [...kept, add] : kept })
    set.mutate(
      { id: customer.id, ...(add && { add: [add.id] }), ...(remove && { remove: [remove.id] }) },
      {
        onSuccess: (saved) => putCustomer(cache, saved),
        onError: () => void cache.queryClient.invalidateQueries(trpc.customer.pathFilter()),
      },
    )
  }
}
