import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { APART, useTrpc } from '../../lib/trpc.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Card } from './card.tsx'
import { Change } from './change.tsx'
import type { DashboardRange } from './dashboard-range.ts'
import { MetricLink } from './list-link.tsx'
import { TrendChart } from './trend-chart.tsx'
import { METRICS, type Metric, type Trend } from './trend-metrics.ts'
import { TrendTable } from './trend-table.tsx'
import { useOpenList } from './use-open-list.ts'

/** Four counts against the period before; the chosen one drawn by day. */
export function TrendCard({ range, className }: { range: DashboardRange; className?: string }) {
  const t = useTranslations('dashboard.trend')
  const trpc = useTrpc()
  const query = useQuery({
    ...trpc.dashboard.trend.queryOptions(range, APART),
    placeholderData: keepPreviousData,
  })
  const [metric, setMetric] = useState<Metric>('conversations')
  const openList = useOpenList(metric)
  return (
    <Card
      title={t('title')}
      query={query}
      skeleton={<Skeleton className="h-80" />}
      {...(className && { className })}
    >
      {(trend) => (
        <>
          <MetricChoice trend={trend} value={metric} onChange={setMetric} />
          <TrendChart
            label={t(`${metric}ByDay`)}
            days={trend.days.map((day) => ({ ...day, count: day[metric] }))}
            describe={(count) => t(`${metric}Count`, { count })}
            onOpen={openList}
          />
          <p className="mt-2 text-sm">
            <MetricLink metric={metric} period={trend.range} className="text-accent-text hover:underline">
              {t(`${metric}Open`, { count: trend[metric].count })}
            </MetricLink>
          </p>
          <TrendTable trend={trend} />
        </>
      )}
    </Card>
  )
}

interface MetricChoiceProps {
  trend: Trend
  value: Metric
  onChange: (metric: Metric) => void
}

function MetricChoice({ trend, value, onChange }: MetricChoiceProps) {
  const t = useTranslations('dashboard.trend')
  const format = useFormat()
  const name = useId()
  return (
    <div role="radiogroup" aria-label={t('choose')} className="mb-4 grid grid-cols-2 gap-2 sm:grid-cols-4">
      {METRICS.map((metric) => (
        <label
          key={metric}
          className="relative rounded-md px-3 py-2 transition-colors hover:bg-hover has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name={name}
            checked={metric === value}
            onChange={() => onChange(metric)}
            className="sr-only"
          />
          <span className="block truncate text-xs text-text-muted">{t(metric)}</span>
          <span className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-xl font-semibold tracking-tight tabular">
              {format.number(trend[metric].count)}
            </span>
            <Change now={trend[metric].count} before={trend[metric].before} />
          </span>
        </label>
      ))}
    </div>
  )
}
