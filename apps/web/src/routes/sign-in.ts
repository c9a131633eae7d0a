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
