import { createRoute } from '@tanstack/react-router'
import { readDashboardUrl, toRange } from '../features/dashboard/dashboard-range.ts'
import { loadMessages } from '../lib/i18n/store.ts'
import { queryClient } from '../lib/query-client.ts'
import { APART } from '../lib/trpc.ts'
import { tenantRoute } from './tenant.ts'

export const dashboardRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'dashboard',
  validateSearch: readDashboardUrl,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { trpc }, deps }) => {
    // Asked for while the pointer is still on the link, and not waited for: each card shows itself, or its failure.
    const { now, trend, responseTimes, workload, busyHours } = trpc.dashboard
    const range = toRange(deps)
    const ask = (answer: Promise<unknown>) => void answer.catch(() => undefined)
    ask(queryClient.query(now.queryOptions(undefined, APART)))
    ask(queryClient.query(trend.queryOptions(range, APART)))
    ask(queryClient.query(responseTimes.queryOptions(range, APART)))
    ask(queryClient.query(workload.queryOptions(range, APART)))
    ask(queryClient.query(busyHours.queryOptions(range, APART)))
    return loadMessages('dashboard')
  },
}).lazy(() => import('./dashboard-page.tsx').then(({ Route }) => Route))
