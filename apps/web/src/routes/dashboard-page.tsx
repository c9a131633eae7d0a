import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { BusyHoursCard } from '../features/dashboard/busy-hours-card.tsx'
import { toRange } from '../features/dashboard/dashboard-range.ts'
import { NowTiles } from '../features/dashboard/now-tiles.tsx'
import { RangeBar } from '../features/dashboard/range-bar.tsx'
import { ResponseTimesCard } from '../features/dashboard/response-times-card.tsx'
import { TrendCard } from '../features/dashboard/trend-card.tsx'
import { WorkloadCard } from '../features/dashboard/workload-card.tsx'
import { useChanges } from '../lib/changes.ts'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/dashboard')({ component: DashboardPage })

function DashboardPage() {
  const t = useTranslations('dashboard')
  const url = Route.useSearch()
  const range = toRange(url)
  const navigate = Route.useNavigate()
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  useLiveNow()
  if (!useCan()('dashboard:read')) return <PageForbidden />
  return (
    <Page title={t('title')} place={tenant?.name}>
      <div className="mx-auto flex max-w-6xl flex-col gap-3 p-3 md:p-6 lg:gap-4">
        <NowTiles />
        <div className="mt-2">
          <RangeBar url={url} onChange={(search) => void navigate({ search, replace: true })} />
        </div>
        <div className="grid grid-cols-1 gap-3 lg:grid-cols-3 lg:gap-4">
          <TrendCard range={range} className="lg:col-span-2" />
          <ResponseTimesCard range={range} />
        </div>
        <div className="grid grid-cols-1 gap-3 lg:grid-cols-2 lg:gap-4">
          <WorkloadCard range={range} />
          <BusyHoursCard range={range} />
        </div>
      </div>
    </Page>
  )
}

/** Changes come in bursts; the four numbers at the top are counted again at most this often. */
const COUNT_AGAIN_MS = 3_000

function useLiveNow(): void {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useChanges(({ kind }) => {
    if (timer.current !== undefined || !(kind.startsWith('conversation') || kind === 'message.created'))
      return
    timer.current = setTimeout(() => {
      timer.current = undefined
      void queryClient.invalidateQueries(trpc.dashboard.now.queryFilter())
    }, COUNT_AGAIN_MS)
  })
}
