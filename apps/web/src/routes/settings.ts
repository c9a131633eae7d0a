import { createRoute, redirect } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
import { tenantRoute } from './tenant.ts'

const settingsRoute = createRoute({ getParentRoute: () => tenantRoute, path: 'settings' })

const settingsHomeRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$tenantKey/settings/permissions', params, replace: true })
  },
})

const permissionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'permissions',
  loader: () => loadMessages('permission'),
}).lazy(() => import('./permissions-page.tsx').then(({ Route }) => Route))

export const settingsRoutes = settingsRoute.addChildren([settingsHomeRoute, permissionsRoute])
