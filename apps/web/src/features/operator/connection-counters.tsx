import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import type { ConnectionsReport } from './connections-report.ts'

const COUNTERS = ['acquires', 'handoffs', 'opens', 'refused', 'reclaimed', 'lost'] as const

/** What was done since the process began. */
export function ConnectionCounters({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator.counter')
  const format = useFormat()
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
      {COUNTERS.map((counter) => (
        <div
          key={counter}
          className="flex flex-col-reverse justify-end rounded-lg border border-line px-4 py-3"
        >
          <dt className="text-xs text-text-muted">{t(counter)}</dt>
          <dd className="text-xl font-semibold tracking-tight tabular">
            {format.number(report.pool.counters[counter])}
          </dd>
        </div>
      ))}
    </dl>
  )
}
