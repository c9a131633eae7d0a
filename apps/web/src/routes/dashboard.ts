import { createRoute } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
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
  loader: () => loadMessages('dashboard'),
}).lazy(() => import('./dashboard-page.tsx').then(({ Route }) => Route))
