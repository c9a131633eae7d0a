import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { globalTrpc, type Trpc } from '../../lib/trpc.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { BudgetBar } from './budget-bar.tsx'

type Stats = Trpc['operator']['connections']['~types']['output']['pool']

const LOOK_AGAIN_MS = 2_000
const COUNTERS = ['acquires', 'handoffs', 'opens', 'refused', 'reclaimed', 'lost'] as const

/** Where the connections go, at this moment. */
export function Connections() {
  const t = useTranslations('operator')
  const { data, error, isFetching, refetch } = useQuery({
    ...globalTrpc.operator.connections.queryOptions(),
    select: ({ pool }) => pool,
    refetchInterval: LOOK_AGAIN_MS,
    meta: { errors: 'inline' },
  })
  if (!data && error) {
    return <LoadFailure error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
  }
  if (!data) return <Skeleton className="h-96" />
  return (
    <div className="flex flex-col gap-8">
      <BudgetBar stats={data} />
      <Counters counters={data.counters} />
      <section>
        <h2 className="mb-3 text-base font-semibold">{t('byTenant')}</h2>
        {data.tenants.length === 0 ? (
          <EmptyState title={t('idle')} text={t('idleText')} />
        ) : (
          <ByTenant stats={data} />
        )}
      </section>
    </div>
  )
}

function Counters({ counters }: { counters: Stats['counters'] }) {
  const t = useTranslations('operator.counter')
  const format = useFormat()
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
      {COUNTERS.map((counter) => (
        <div key={counter} className="flex flex-col-reverse justify-end rounded-lg border border-line p-4">
          <dt className="text-xs text-text-muted">{t(counter)}</dt>
          <dd className="text-xl font-semibold tracking-tight tabular">{format.number(counters[counter])}</dd>
        </div>
      ))}
    </dl>
  )
}

function ByTenant({ stats }: { stats: Stats }) {
  const t = useTranslations('operator')
  const format = useFormat()
  return (
    <Table label={t('byTenant')}>
      <thead>
        <tr>
          <Th className="px-4">{t('tenant')}</Th>
          <Th isNumeric>{t('leased')}</Th>
          <Th isNumeric>{t('idleConnections')}</Th>
          <Th isNumeric>{t('waiting')}</Th>
          <Th isNumeric>{t('longestWait')}</Th>
        </tr>
      </thead>
      <tbody>
        {stats.tenants.map((tenant) => (
          <tr key={tenant.accountId}>
            <Td className="px-4 font-mono text-xs">
              <bdi>{tenant.tenant}</bdi>
            </Td>
            <Td isNumeric>{format.number(tenant.leased)}</Td>
            <Td isNumeric>{format.number(tenant.idle)}</Td>
            <Td isNumeric>{format.number(tenant.waiting)}</Td>
            <Td isNumeric>{t('milliseconds', { ms: Math.round(tenant.longestWaitMs) })}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
