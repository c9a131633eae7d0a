import { createRoute } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
import { queryClient } from '../lib/query-client.ts'
import { globalTrpc } from '../lib/trpc.ts'
import { rootRoute } from './root.tsx'
import { toSignIn } from './to-sign-in.ts'

export const workspacesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workspaces',
  loader: async () => {
    const workspaces = queryClient.query({ ...globalTrpc.tenant.mine.queryOptions(), staleTime: 'static' })
    await Promise.all([loadMessages('auth'), workspaces.catch(toSignIn('/workspaces'))])
  },
}).lazy(() => import('./workspaces-page.tsx').then(({ Route }) => Route))
