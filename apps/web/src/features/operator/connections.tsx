import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BudgetPicture } from './budget-picture.tsx'
import { ConnectionCounters } from './connection-counters.tsx'
import { ConnectionsHeadline } from './connections-headline.tsx'
import type { ConnectionsReport } from './connections-report.ts'
import { FleetTable } from './fleet-table.tsx'
import { HistoryChart } from './history-chart.tsx'
import { HoldersTable } from './holders-table.tsx'
import { LeakList } from './leak-list.tsx'
import { LedgerTable } from './ledger-table.tsx'
import { useConnectionWords } from './use-connection-words.ts'
import { useConnections } from './use-connections.ts'
import { RefusalList, WaitingList } from './waiting-list.tsx'

/** Where the connections go: one sentence, the budget, the last hour, then everybody by name. */
export function Connections() {
  const { data, error, isFetching, refetch } = useConnections()
  if (!data && error) {
    return <LoadFailure error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
  }
  if (!data) return <Skeleton className="h-96" />
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        {error ? <NotCurrent report={data} /> : <ConnectionsHeadline report={data} />}
        <BrokenTenants report={data} />
        <Origin report={data} />
      </div>
      <BudgetPicture report={data} />
      <HistoryChart report={data} />
      <div className="grid items-start gap-8 xl:grid-cols-2">
        <HoldersTable report={data} />
        <WaitingList report={data} />
      </div>
      <div className="grid items-start gap-8 xl:grid-cols-2">
        <RefusalList report={data} />
        <LeakList report={data} />
      </div>
      <LedgerTable report={data} />
      <FleetTable pid={data.process.pid} />
      <ConnectionCounters report={data} />
    </div>
  )
}

/** The page itself needs the database to know who asks: while that is away, what is shown is the last that was seen. */
function NotCurrent({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator')
  const format = useFormat()
  return (
    <div role="status" className="rounded-lg bg-danger-soft px-4 py-3 text-danger-text">
      <p className="text-lg font-semibold tracking-tight text-pretty">{t('notCurrent')}</p>
      <p className="mt-0.5 text-sm">{t('notCurrentText', { at: format.timeWithSeconds(report.at) })}</p>
    </div>
  )
}

/** Their circuit breakers are open: they fail at once and cost nobody else anything. */
function BrokenTenants({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator')
  const format = useFormat()
  const { name } = useConnectionWords()
  if (report.broken.length === 0) return null
  return (
    <ul className="rounded-lg bg-warning-soft px-4 py-2 text-sm text-warning-text">
      {report.broken.map(({ tenant, code, until }) => (
        <li key={tenant} className="py-0.5">
          {t('brokenTenant', {
            tenant: name(tenant),
            code,
            at: format.timeWithSeconds(until),
          })}
        </li>
      ))}
    </ul>
  )
}

function Origin({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator')
  const format = useFormat()
  return (
    <p className="text-xs text-text-muted tabular">
      {t.rich('origin', {
        server: report.pool.server,
        code: (chunks) => <bdi className="font-mono">{chunks}</bdi>,
        pid: String(report.process.pid),
        since: format.dateTime(report.process.startedAt),
      })}
    </p>
  )
}
