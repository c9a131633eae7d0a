import { createRoute } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
import { tenantRoute } from './tenant.ts'

/** The usual order, newest first, is not written into the address. */
const SORTS = ['name', '-name', 'createdAt', 'updatedAt', '-updatedAt'] as const
const SEARCH_LENGTH_MAX = 100
const ID = /^[0-9a-f-]{36}$/i

/** What the address says about the list. */
export interface CustomersUrl {
  search?: string
  tag?: string
  archived?: true
  sort?: (typeof SORTS)[number]
}

function readCustomersUrl(url: Record<string, unknown>): CustomersUrl {
  const search = readText(url['search'])
  const tag = readText(url['tag'])
  const sort = SORTS.find((known) => known === url['sort'])
  return {
    ...(search && { search }),
    ...(ID.test(tag) && { tag }),
    ...(url['archived'] === true && { archived: true }),
    ...(sort && { sort }),
  }
}

/** The address bar's JSON makes a number of a search for digits. */
function readText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value).slice(0, SEARCH_LENGTH_MAX)
    : ''
}

/** `/:tenantKey/customers`: the list; it stays mounted beside an open card. */
export const customersRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'customers',
  validateSearch: readCustomersUrl,
  loader: () => loadMessages('customer'),
}).lazy(() => import('./customers-page.tsx').then(({ Route }) => Route))

/** `/:tenantKey/customers/:customerId`: one card. */
export const customerRoute = createRoute({
  getParentRoute: () => customersRoute,
  path: '$customerId',
}).lazy(() => import('./customer-page.tsx').then(({ Route }) => Route))

export const customerRoutes = customersRoute.addChildren([customerRoute])
