import type { Customer } from '@sarai/api'
import type { ListCustomersInput } from '@sarai/api/customer/schema'
import {
  type Compare,
  findItem,
  type PagedList,
  placeItem,
  removeItem,
  replaceItem,
} from '../../lib/paged-list.ts'

export type CustomerList = PagedList<Customer>
export type CustomerSort = NonNullable<ListCustomersInput['sort']>
/** What decides which customers a list shows, and in which order. */
export type CustomerFilter = Omit<ListCustomersInput, 'cursor' | 'limit'>

export const DEFAULT_SORT = '-createdAt' satisfies CustomerSort

/**
 * Brings a list up to date with a customer as it is now. What a search or a filter finds only the server
 * knows, so such a list keeps its members and takes no new ones.
 */
export function applyCustomer(list: CustomerList, filter: CustomerFilter, customer: Customer): CustomerList {
  const known = findItem(list, customer.id)
  if (known && isOlder(customer, known)) return list
  if (!belongs(filter, customer)) return removeItem(list, customer.id)
  if (isFound(filter)) return replaceItem(list, customer)
  return placeItem(list, customer, compareBy(filter.sort ?? DEFAULT_SORT))
}

/** Whether only the server knows who is in the list. */
function isFound({ search, tagId: _, archived: __, sort: ___, ...more }: CustomerFilter): boolean {
  return Boolean(search) || Object.keys(more).length > 0
}

/** An answer and its echo on the stream arrive in any order: the higher version is the truth. */
export function isOlder(one: Customer, other: Customer): boolean {
  return one.version < other.version
}

/** The sort of a column's heading after it was pressed. */
export function toggleSort(sort: CustomerSort, column: 'name' | 'createdAt' | 'updatedAt'): CustomerSort {
  if (sort === column) return `-${column}`
  if (sort === `-${column}`) return column
  // Names are looked up from the start, times from the newest.
  return column === 'name' ? column : `-${column}`
}

function belongs(filter: CustomerFilter, customer: Customer): boolean {
  if (customer.mergedInto !== null) return false
  if ((customer.archivedAt !== null) !== (filter.archived ?? false)) return false
  return filter.tagId === undefined || customer.tags.some((tag) => tag.id === filter.tagId)
}

function compareBy(sort: CustomerSort): Compare<Customer> {
  const column = sort.replace('-', '') as 'name' | 'createdAt' | 'updatedAt'
  const sign = sort.startsWith('-') ? -1 : 1
  return (one, other) =>
    sign * (compareValues(one[column], other[column], column) || compareText(one.id, other.id))
}

function compareValues(one: string, other: string, column: string): number {
  // The database's collation differs in details; the next fetch puts right what this puts almost right.
  return column === 'name'
    ? one.localeCompare(other, undefined, { sensitivity: 'base' })
    : compareText(one, other)
}

function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
