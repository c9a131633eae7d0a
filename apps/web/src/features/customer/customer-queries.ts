import type { Trpc } from '../../lib/trpc.ts'
import { type CustomerFilter, type CustomerSort, DEFAULT_SORT } from './customer-lists.ts'

/** A field of the tenant's own in a filter: this value, or between these. */
export interface OwnFilter {
  id: string
  is?: string | number | boolean
  from?: string | number
  to?: string | number
}

/** What the address says about the list. */
export interface CustomersSearch {
  /** The saved view that was chosen; the rest says what is shown, so that a change of it is seen. */
  view?: string
  search?: string
  tag?: string
  tags?: string[]
  /** Left out: any of the tags will do. */
  match?: 'all'
  /** A kind of owner, or a member. */
  owner?: string
  email?: boolean
  phone?: boolean
  company?: string
  /** Added on this day or later, 2026-03-21 in the reader's time; or, as the dashboard says it, from this instant on. */
  from?: string
  /** Added on this day or before; or before this instant. */
  to?: string
  own?: OwnFilter[]
  archived?: true
  /** In their order; left out: the person's own. */
  columns?: string[]
  /** Left out: newest first. */
  sort?: Exclude<CustomerSort, typeof DEFAULT_SORT>
}

export function toFilter(url: CustomersSearch): CustomerFilter {
  const { search, tag, tags, match, owner, email, phone, company, from, to, own, archived, sort } = url
  return {
    ...(search && { search }),
    ...(tag && { tagId: tag }),
    ...(tags && { tags: { ids: tags, match: match ?? 'any' } }),
    ...(owner && { owner }),
    ...(email !== undefined && { hasEmail: email }),
    ...(phone !== undefined && { hasPhone: phone }),
    ...(company && { company }),
    ...(from && { createdFrom: startOfDay(from, 0) }),
    ...(to && { createdTo: startOfDay(to, 1) }),
    ...(own && { fields: own }),
    ...(archived && { archived }),
    ...(sort && { sort }),
  }
}

/** The beginning of the day, or of one so many days later, where the reader is; an instant is what it says. */
function startOfDay(day: string, daysLater: number): string {
  if (day.includes('T')) return day
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + daysLater).toISOString()
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
