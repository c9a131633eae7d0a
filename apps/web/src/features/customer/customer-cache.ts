import type { Customer, NumberedChange } from '@sarai/api'
import type { QueryClient } from '@tanstack/react-query'
import { findItem } from '../../lib/paged-list.ts'
import type { Trpc } from '../../lib/trpc.ts'
import { updateCache } from '../../lib/update-cache.ts'
import { applyCustomer, type CustomerFilter, type CustomerList, isOlder } from './customer-lists.ts'

export interface CustomerCache {
  queryClient: QueryClient
  trpc: Trpc
}

/** Brings everything that is loaded up to date with a change. The same change twice is the same as once. */
export function applyChange(cache: CustomerCache, change: NumberedChange): void {
  const { queryClient, trpc } = cache
  if (change.kind === 'customer.created' || change.kind === 'customer.updated')
    putCustomer(cache, change.customer)
  // A tag or a field may be another for every customer that is loaded.
  if (change.kind === 'customer.configured' || change.kind === 'customer.merged')
    void queryClient.invalidateQueries(trpc.customer.pathFilter())
  if (change.kind.startsWith('customer.')) {
    // Who may be the same person is asked again at once when people were joined or told apart, else with the next look.
    const isAboutPeople = change.kind === 'customer.merged' || change.kind === 'customer.configured'
    const refetchType = isAboutPeople ? 'active' : 'none'
    void queryClient.invalidateQueries({ ...trpc.duplicate.pathFilter(), refetchType })
  }
  if (change.kind === 'view.changed' && change.of === 'customer')
    void queryClient.invalidateQueries(trpc.customer.view.pathFilter())
  if ('conversation' in change) {
    const { customerId } = change.conversation
    void queryClient.invalidateQueries(trpc.chat.conversation.list.infiniteQueryFilter({ customerId }))
    askForTimeline(cache, customerId)
  } else if (change.kind.startsWith('customer.')) askForTimeline(cache, change.entityId)
}

function askForTimeline({ queryClient, trpc }: CustomerCache, customerId: string): void {
  void queryClient.invalidateQueries(trpc.customer.timeline.infiniteQueryFilter({ customerId }))
}

/** In every list where the customer belongs, out of every other, and on the card. */
export function putCustomer({ queryClient, trpc }: CustomerCache, customer: Customer): void {
  updateCache<Customer>(queryClient, trpc.customer.byId.queryKey({ id: customer.id }), (known) =>
    isOlder(customer, known) ? known : customer,
  )
  for (const [key] of queryClient.getQueriesData(trpc.customer.list.infiniteQueryFilter())) {
    const { input = {} } = key.at(-1) as { input?: CustomerFilter }
    updateCache<CustomerList>(queryClient, key, (list) => applyCustomer(list, input, customer))
  }
}

/** As any list has it, to show at once while the card is being asked for. */
export function findCustomer({ queryClient, trpc }: CustomerCache, id: string): Customer | undefined {
  const known = queryClient.getQueryData(trpc.customer.byId.queryKey({ id }))
  if (known) return known
  for (const [, list] of queryClient.getQueriesData<CustomerList>(trpc.customer.list.infiniteQueryFilter())) {
    const item = list && findItem(list, id)
    if (item) return item
  }
  return undefined
}
