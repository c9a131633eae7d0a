import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useFormat } from '../../lib/format.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { MigrationHistory } from './migration-history.tsx'
import { MakingSteps } from './making-steps.tsx'
import { Nothing, Panel } from './panel.tsx'
import { TenantActions } from './tenant-actions.tsx'
import { type ListedTenant, TenantStatus } from './tenant-table.tsx'
import { TenantTransfers } from './tenant-transfers.tsx'
import { useConnectionWords } from './use-connection-words.ts'
import { useMaking } from './use-making.ts'

const LOOK_AGAIN_MS = 5_000
const SECOND_MS = 1_000

/** One tenant: its state and what can be done about it, how large and busy it is, and how it was made. */
export function TenantOverview({ tenantKey }: { tenantKey: string }) {
  const { data, error, isFetching, refetch } = useQuery({
    ...globalTrpc.operator.tenant.byKey.queryOptions({ tenantKey }),
    refetchInterval: LOOK_AGAIN_MS,
    meta: { errors: 'inline' },
  })
  // Also while it was looked at: deleted for good, here or by somebody else.
  if (error && reactTo(error).kind === 'not-found') return <Gone tenantKey={tenantKey} />
  if (!data && error) {
    return <LoadFailure error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
  }
  if (!data) return <Skeleton className="h-96" />
  return (
    <div className="flex flex-col gap-8">
      <Heading tenant={data} />
      <Figures tenant={data} />
      <Load tenant={data} />
      <MigrationHistory tenantKey={tenantKey} />
      <TenantTransfers tenant={data} />
      <HowItWasMade tenantKey={tenantKey} />
    </div>
  )
}

function Gone({ tenantKey }: { tenantKey: string }) {
  const t = useTranslations('fleet.tenant')
  return (
    <EmptyState
      title={t('gone')}
      text={t('goneText', { key: tenantKey })}
      action={
        <Link to="/operator/tenants" className={buttonClass()}>
          {t('toList')}
        </Link>
      }
    />
  )
}

function Heading({ tenant }: { tenant: ListedTenant }) {
  const t = useTranslations('fleet.tenant')
  const format = useFormat()
  return (
    <div className="flex items-start gap-3">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate text-xl font-semibold tracking-tight match-parent">
          {tenant.name}
        </p>
        <p className="mt-1 mb-2 text-sm text-text-muted">
          {t('summary', {
            members: tenant.memberCount,
            version: String(tenant.schemaVersion),
            day: format.day(tenant.createdAt),
          })}
        </p>
        <TenantStatus tenant={tenant} />
      </div>
      <TenantActions tenant={tenant} />
    </div>
  )
}

function Figures({ tenant: { tenantKey, figures } }: { tenant: ListedTenant }) {
  const t = useTranslations('fleet.tenant')
  const format = useFormat()
  const queryClient = useQueryClient()
  const measure = useMutation(
    globalTrpc.operator.tenant.measure.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(globalTrpc.operator.tenant.pathFilter()),
    }),
  )
  const hint = figures ? t('measured', { ago: format.ago(figures.measuredAt) }) : t('notMeasured')
  return (
    <Panel title={t('figures')} hint={hint}>
      {figures ? (
        <Facts
          facts={[
            [t('column.size'), format.bytes(figures.sizeBytes)],
            [t('column.activity'), format.number(figures.changesLastDay)],
            [t('column.written'), figures.writtenAt ? format.dateTime(figures.writtenAt) : t('never')],
          ]}
        />
      ) : null}
      <Button
        size="sm"
        className="mt-3"
        isBusy={measure.isPending}
        onClick={() => measure.mutate({ tenantKey })}
      >
        {t('measure')}
      </Button>
    </Panel>
  )
}

function Load({ tenant: { load } }: { tenant: ListedTenant }) {
  const t = useTranslations('fleet.tenant')
  const column = useTranslations('operator.column')
  const format = useFormat()
  const { time } = useConnectionWords()
  return (
    <Panel title={t('load')} hint={t('loadHint')}>
      {load === null ? (
        <Nothing>{t('noLoad')}</Nothing>
      ) : (
        <Facts
          facts={[
            [column('connectionSeconds'), time(load.connectionSeconds * SECOND_MS)],
            [column('leases'), format.number(load.leases)],
            [column('waits'), format.number(load.waits)],
            [column('longestWaitMs'), time(load.longestWaitMs)],
            [column('refused'), format.number(load.refused)],
          ]}
        />
      )}
    </Panel>
  )
}

function Facts({ facts }: { facts: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 rounded-lg border border-line p-4 sm:grid-cols-3 md:grid-cols-5">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-xs text-text-muted">{name}</dt>
          <dd className="mt-0.5 font-medium tabular">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function HowItWasMade({ tenantKey }: { tenantKey: string }) {
  const t = useTranslations('fleet.tenant')
  const { data } = useMaking(tenantKey, false)
  if (!data) return null
  return (
    <Panel title={t('making')}>
      <MakingSteps making={data} />
    </Panel>
  )
}
