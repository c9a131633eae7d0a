import { TENANT_KEY_PATTERN } from '../lib/tenant-key.ts'
import { createRoute, redirect } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
import { queryClient } from '../lib/query-client.ts'
import { globalTrpc } from '../lib/trpc.ts'
import { readAuditUrl } from './read-audit-url.ts'
import { readSearchText } from './read-search-text.ts'
import { readTenantsUrl } from './read-tenants-url.ts'
import { rootRoute } from './root.tsx'
import { toSignIn } from './to-sign-in.ts'

const operatorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operator',
  loader: async ({ location }) => {
    const mine = queryClient.query({ ...globalTrpc.tenant.mine.queryOptions(), staleTime: 'static' })
    await Promise.all([loadMessages('auth', 'operator'), mine.catch(toSignIn(location.href))])
  },
}).lazy(() => import('./operator-page.tsx').then(({ Route }) => Route))

const operatorHomeRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/operator/tenants', replace: true })
  },
})

const tenantsRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: 'tenants',
  validateSearch: readTenantsUrl,
  loader: () => loadMessages('fleet'),
}).lazy(() => import('./tenants-page.tsx').then(({ Route }) => Route))

const newTenantRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: 'tenants/new',
  /** The key of the tenant whose making is shown: a reload shows the same. */
  validateSearch: (url: Record<string, unknown>): { key?: string } => {
    const { key } = url
    return typeof key === 'string' && TENANT_KEY_PATTERN.test(key) ? { key } : {}
  },
  loader: () => loadMessages('fleet'),
}).lazy(() => import('./new-tenant-page.tsx').then(({ Route }) => Route))

const tenantOverviewRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: 'tenants/$key',
  loader: () => loadMessages('fleet'),
}).lazy(() => import('./tenant-overview-page.tsx').then(({ Route }) => Route))

const migrationsRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: 'migrations',
  loader: () => loadMessages('fleet'),
}).lazy(() => import('./migrations-page.tsx').then(({ Route }) => Route))

const transfersRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: 'transfers',
  loader: () => loadMessages('fleet'),
}).lazy(() => import('./transfers-page.tsx').then(({ Route }) => Route))

const peopleRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: 'people',
  validateSearch: (url: Record<string, unknown>): { search?: string } => {
    const search = readSearchText(url['search'])
    return search ? { search } : {}
  },
}).lazy(() => import('./people-page.tsx').then(({ Route }) => Route))

const connectionsRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: 'connections',
}).lazy(() => import('./connections-page.tsx').then(({ Route }) => Route))

const auditRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: 'audit',
  validateSearch: readAuditUrl,
  loader: () => loadMessages('audit', 'permission'),
}).lazy(() => import('./installation-audit-page.tsx').then(({ Route }) => Route))

export const operatorRoutes = operatorRoute.addChildren([
  operatorHomeRoute,
  tenantsRoute,
  newTenantRoute,
  tenantOverviewRoute,
  migrationsRoute,
  transfersRoute,
  peopleRoute,
  connectionsRoute,
  auditRoute,
])
