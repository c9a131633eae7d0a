import { createRoute, notFound } from '@tanstack/react-router'
import { suggestLocale } from '../lib/i18n/store.ts'
import { queryClient } from '../lib/query-client.ts'
import { tenantApi } from '../lib/trpc.ts'
import { rootRoute } from './root.tsx'
import { toSignIn } from './to-sign-in.ts'
import { TENANT_KEY_PATTERN } from '../lib/tenant-key.ts'

/** Everything inside one workspace: the shell, who I am in it, and the one stream of changes. */
export const tenantRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$tenantKey',
  beforeLoad: ({ params }) => {
    if (!TENANT_KEY_PATTERN.test(params.tenantKey)) throw notFound()
    return { trpc: tenantApi(params.tenantKey).trpc }
  },
  loader: async ({ context: { trpc }, location }) => {
    const info = queryClient.query({ ...trpc.tenant.info.queryOptions(), staleTime: 'static' })
    const mine = queryClient.query({ ...trpc.permission.mine.queryOptions(), staleTime: 'static' })
    // Not waited for: a page in another language for a moment is better than none.
    void queryClient
      .query({ ...trpc.tenant.profile.queryOptions(), staleTime: 'static' })
      .then(({ language }) => suggestLocale(language))
      .catch(() => undefined)
    await Promise.all([info, mine]).catch(toSignIn(location.href))
  },
}).lazy(() => import('./tenant-page.tsx').then(({ Route }) => Route))
