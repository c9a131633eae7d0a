import { createRoute } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
import { tenantRoute } from './tenant.ts'

/** `/:tenantKey/customers`: the list; it stays mounted beside an open card. */
export const customersRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'customers',
  loader: () => loadMessages('customer'),
}).lazy(() => import('./customers-page.tsx').then(({ Route }) => Route))

/** `/:tenantKey/customers/:customerId`: one card. */
export const customerRoute = createRoute({
  getParentRoute: () => customersRoute,
  path: '$customerId',
}).lazy(() => import('./customer-page.tsx').then(({ Route }) => Route))

export const customerRoutes = customersRoute.addChildren([customerRoute])
