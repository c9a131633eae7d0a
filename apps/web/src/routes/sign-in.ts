import { createRoute } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
import { isInternalPath } from '../lib/internal-path.ts'
import { rootRoute } from './root.tsx'

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: ({ returnTo }: Record<string, unknown>): { returnTo?: string } =>
    isInternalPath(returnTo) ? { returnTo } : {},
  loader: () => loadMessages('auth'),
}).lazy(() => import('./sign-in-page.tsx').then(({ Route }) => Route))

export const forgotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in/forgot',
  loader: () => loadMessages('auth'),
}).lazy(() => import('./forgot-page.tsx').then(({ Route }) => Route))

export const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in/reset-password',
  loader: () => loadMessages('auth'),
}).lazy(() => import('./reset-password-page.tsx').then(({ Route }) => Route))

/** Where an invitation's link leads. */
export const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  loader: () => loadMessages('auth'),
}).lazy(() => import('./welcome-page.tsx').then(({ Route }) => Route))
