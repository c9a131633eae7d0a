import { createRoute, redirect } from '@tanstack/react-router'
import { queryClient } from '../lib/query-client.ts'
import { globalTrpc } from '../lib/trpc.ts'
import { rootRoute } from './root.tsx'
import { toSignIn } from './to-sign-in.ts'

/** `/` belongs to nobody: one workspace, straight in; several or none, the choice. */
export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async () => {
    const { items } = await queryClient
      .query({ ...globalTrpc.tenant.mine.queryOptions(), staleTime: 'static' })
      .catch(toSignIn('/'))
    const [only] = items
    if (only && items.length === 1) {
      throw redirect({ to: '/$tenantKey/dashboard', params: { tenantKey: only.tenantKey }, replace: true })
    }
    throw redirect({ to: '/workspaces', replace: true })
  },
})
