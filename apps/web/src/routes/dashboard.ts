import { createRoute } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
import { queryClient } from '../lib/query-client.ts'
import { APART } from '../lib/trpc.ts'
import { tenantRoute } from './tenant.ts'

export const RANGES = [7, 30, 90] as const
export type Range = (typeof RANGES)[number]

export const dashboardRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'dashboard',
  validateSearch: ({ days }: Record<string, unknown>): { days?: Range } => {
    const range = RANGES.find((known) => known === days)
    return range && range !== 30 ? { days: range } : {}
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context: { trpc }, deps: { days = 30 } }) => {
    // Asked for while the pointer is still on the link, and not waited for: each card shows itself, or its failure.
    const { now, trend, responseTimes, workload, busyHours } = trpc.dashboard
    const ask = (answer: Promise<unknown>) => void answer.catch(() => undefined)
    ask(queryClient.query(now.queryOptions(undefined, APART)))
    ask(queryClient.query(trend.queryOptions({ days }, APART)))
    ask(queryClient.query(responseTimes.queryOptions({ days }, APART)))
    ask(queryClient.query(workload.queryOptions({ days }, APART)))
    ask(queryClient.query(busyHours.queryOptions({ days }, APART)))
    return loadMessages('dashboard')
  },
}).lazy(() => import('./dashboard-page.tsx').then(({ Route }) => Route))
