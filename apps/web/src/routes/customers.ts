import { createRoute } from '@tanstack/react-router'
import type { CustomersSearch, OwnFilter } from '../features/customer/customer-queries.ts'
import { loadMessages } from '../lib/i18n/store.ts'
import { readDay, readId, readPeriod } from './read-period.ts'
import { readSearchText } from './read-search-text.ts'
import { tenantRoute } from './tenant.ts'

/** The usual order, newest first, is not written into the address. */
const SORTS = ['name', '-name', 'createdAt', 'updatedAt', '-updatedAt'] as const
const ID = /^[0-9a-f-]{36}$/i

const TAGS_MAX = 20
const OWN_MAX = 10

type Bound = string | number

/** Anything else in the address is left out, not refused: people edit addresses. */
function readCustomersUrl(url: Record<string, unknown>): CustomersSearch {
  const search = readSearchText(url['search'])
  const tag = readSearchText(url['tag'])
  const company = readSearchText(url['company'])
  const sort = SORTS.find((known) => known === url['sort'])
  const tags = readList(url['tags'], TAGS_MAX).filter((id): id is string => ID.test(String(id)))
  const own = readList(url['own'], OWN_MAX).flatMap(readOwn)
  const view = readId(url['view'])
  const [from, to] = [readDay(url['from']), readDay(url['to'])]
  return {
    ...(view && { view }),
    ...(search && { search }),
    ...(ID.test(tag) && { tag }),
    ...(tags.length > 0 && { tags }),
    ...(url['match'] === 'all' && { match: 'all' }),
    ...(isOwner(url['owner']) && { owner: url['owner'] }),
    ...(typeof url['email'] === 'boolean' && { email: url['email'] }),
    ...(typeof url['phone'] === 'boolean' && { phone: url['phone'] }),
    ...(company && { company }),
    ...(from && { from }),
    ...(to && { to }),
    ...(own.length > 0 && { own }),
    ...(url['archived'] === true && { archived: true }),
    ...(Array.isArray(url['columns']) && { columns: readColumns(url['columns']) }),
    ...readPeriod(url),
    ...(sort && { sort }),
  }
}

const COLUMNS_MAX = 12
const COLUMNS = ['email', 'phone', 'company', 'city', 'tags', 'owner', 'createdAt', 'updatedAt']

function readColumns(value: unknown[]): string[] {
  const columns = new Set(value.map(String))
  return [...columns].filter((column) => ID.test(column) || COLUMNS.includes(column)).slice(0, COLUMNS_MAX)
}

const OWNERS = ['me', 'anybody', 'nobody']

function isOwner(value: unknown): value is string {
  return typeof value === 'string' && (OWNERS.includes(value) || ID.test(value))
}

function readList(value: unknown, max: number): unknown[] {
  return Array.isArray(value) ? value.slice(0, max) : []
}

function readOwn(value: unknown): OwnFilter[] {
  if (typeof value !== 'object' || value === null) return []
  const { id, is, from, to } = value as Record<string, unknown>
  if (typeof id !== 'string' || !ID.test(id)) return []
  return [
    {
      id,
      ...((isBound(is) || typeof is === 'boolean') && { is }),
      ...(isBound(from) && { from }),
      ...(isBound(to) && { to }),
    },
  ]
}

function isBound(value: unknown): value is Bound {
  return typeof value === 'string' || typeof value === 'number'
}

/** `/:tenantKey/customers`: the list; it stays mounted beside an open card. */
export const customersRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'customers',
  validateSearch: readCustomersUrl,
  loader: () => loadMessages('customer', 'view'),
}).lazy(() => import('./customers-page.tsx').then(({ Route }) => Route))

/** `/:tenantKey/customers/:customerId`: one card. */
export const customerRoute = createRoute({
  getParentRoute: () => customersRoute,
  path: '$customerId',
}).lazy(() => import('./customer-page.tsx').then(({ Route }) => Route))

/** `/:tenantKey/customers/duplicates`: who may be the same person. */
const duplicatesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'customers/duplicates',
  loader: () => loadMessages('customer'),
}).lazy(() => import('./duplicates-page.tsx').then(({ Route }) => Route))

/** As many as can be merged at once. */
const MERGED_MAX = 10

/** `/:tenantKey/customers/merge?ids=[…]`: those customers side by side. */
const mergeRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'customers/merge',
  validateSearch: (url: Record<string, unknown>): { ids?: string[] } => {
    const ids = readList(url['ids'], MERGED_MAX).filter((id): id is string => ID.test(String(id)))
    return ids.length > 0 ? { ids } : {}
  },
  loader: () => loadMessages('customer'),
}).lazy(() => import('./merge-page.tsx').then(({ Route }) => Route))

/** `/:tenantKey/customers/import`: a file of customers is chosen. */
const importRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'customers/import',
  loader: () => loadMessages('import'),
}).lazy(() => import('./import-page.tsx').then(({ Route }) => Route))

/** `/:tenantKey/customers/import/:importId`: what is chosen for it, and what became of it. */
const oneImportRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'customers/import/$importId',
  loader: () => loadMessages('import'),
}).lazy(() => import('./import-page.tsx').then(({ OneRoute }) => OneRoute))

export const customerRoutes = [
  customersRoute.addChildren([customerRoute]),
  duplicatesRoute,
  mergeRoute,
  importRoute,
  oneImportRoute,
] as const
