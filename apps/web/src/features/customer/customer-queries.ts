import type { Trpc } from '../../lib/trpc.ts'
import { type CustomerFilter, type CustomerSort, DEFAULT_SORT } from './customer-lists.ts'

/** What the address says about the list. */
export interface CustomersSearch {
  search?: string
  tag?: string
  archived?: true
  /** Left out: newest first. */
  sort?: Exclude<CustomerSort, typeof DEFAULT_SORT>
}

export function toFilter({ search, tag, archived, sort }: CustomersSearch): CustomerFilter {
  return {
    ...(search && { search }),
    ...(tag && { tagId: tag }),
    ...(archived && { archived }),
    ...(sort && { sort }),
  }
}

/** The same list in another order; the usual one is not written into the address. */
export function withSort({ sort: _before, ...search }: CustomersSearch, sort: CustomerSort): CustomersSearch {
  return sort === DEFAULT_SORT ? search : { ...search, sort }
}

/** A search that has been typed over is given up on the way. */
export function customersOptions(trpc: Trpc, filter: CustomerFilter) {
  return trpc.customer.list.infiniteQueryOptions(filter, {
    getNextPageParam: (page) => page.nextCursor,
    trpc: { abortOnUnmount: true },
  })
}
