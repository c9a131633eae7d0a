import { createRoute } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
import { readSearchText } from './read-search-text.ts'
import { tenantRoute } from './tenant.ts'

/** The usual order, newest first, is not written into the address. */
const SORTS = ['name', '-name', 'createdAt', 'updatedAt', '-updatedAt'] as const
const ID = /^[0-9a-f-]{36}$/i

/** What the address says about the list. */
export interface CustomersUrl {
  search?: string
  tag?: string
  archived?: true
  sort?: (typeof SORTS)[number]
}

function readCustomersUrl(url: Record<string, unknown>): CustomersUrl {
  const search = readSearchText(url['search'])
  const tag = readSearchText(url['tag'])
  const sort = SORTS.find((known) => known === url['sort'])
  return {
    ...(search && { search }),
    ...(ID.test(tag) && { tag }),
    ...(url['archived'] === true && { archived: true }),
    ...(sort && { sort }),
  }
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
