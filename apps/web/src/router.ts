import { createRouter } from '@tanstack/react-router'
import { chatRoutes } from './routes/chat.ts'
import { customerRoutes } from './routes/customers.ts'
import { dashboardRoute } from './routes/dashboard.ts'
import { homeRoute } from './routes/home.ts'
import { operatorRoutes } from './routes/operator.ts'
import { PageError, PageNotFound, PagePending } from './routes/outcome.tsx'
import { rootRoute } from './routes/root.tsx'
import { settingsRoutes } from './routes/settings.ts'
import { forgotRoute, resetPasswordRoute, signInRoute, welcomeRoute } from './routes/sign-in.ts'
import { tenantRoute } from './routes/tenant.ts'
import { workspacesRoute } from './routes/workspaces.ts'

const routeTree = rootRoute.addChildren([
  homeRoute,
  signInRoute,
  forgotRoute,
  resetPasswordRoute,
  welcomeRoute,
  workspacesRoute,
  operatorRoutes,
  tenantRoute.addChildren([dashboardRoute, ...customerRoutes, chatRoutes, settingsRoutes]),
])

export const router = createRouter({
  routeTree,
  // What a route does not know of an address is left out of it: people edit addresses, and links grow old.
  search: { strict: true },
  defaultPreload: 'intent',
  // TanStack Query decides what is fresh; the router only asks.
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingMinMs: 200,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: PageNotFound,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
