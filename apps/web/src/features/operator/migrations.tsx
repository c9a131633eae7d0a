import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { FleetVersions } from './fleet-versions.tsx'
import { Nothing, Panel } from './panel.tsx'
import { RolloutLog } from './rollout-log.tsx'
import { RolloutProgress } from './rollout-progress.tsx'
import { countVersions, type FleetStatus } from './rollout-status.ts'
import { RolloutTable } from './rollout-table.tsx'
import { useFleetStatus } from './use-fleet-status.ts'

/** How far the fleet is on the way to the newest schema: one sentence, the rollout, then every tenant of it. */
export function Migrations() {
  const t = useTranslations('fleet.rollout')
  const { data, error, isFetching, refetch } = useFleetStatus()
  if (!data && error) {
    return <LoadFailure error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
  }
  if (!data) return <Skeleton className="h-96" />
  return (
    <div className="flex flex-col gap-8">
      <Headline status={data} />
      {data.latest === null ? (
        <Panel title={t('latest')}>
          <Nothing>{t('noRollout')}</Nothing>
        </Panel>
      ) : (
        <RolloutProgress rollout={data.latest} />
      )}
      <div className="grid items-start gap-8 lg:grid-cols-2">
        <FleetVersions status={data} />
        {data.latest ? <RolloutLog recent={data.recent} /> : null}
      </div>
      {data.latest ? <RolloutTable rollout={data.latest} /> : null}
    </div>
  )
}

function Headline({ status }: { status: FleetStatus }) {
  const t = useTranslations('fleet.rollout')
  const { tenants, behind, closed } = countVersions(status)
  const version = String(status.targetVersion)
  if (behind === 0) {
    return (
      <p className="rounded-lg bg-success-soft px-4 py-3 text-lg font-semibold tracking-tight text-pretty text-success-text">
        {t('upToDate', { tenants, version })}
      </p>
    )
  }
  return (
    <div className="rounded-lg bg-warning-soft px-4 py-3 text-warning-text">
      <p className="text-lg font-semibold tracking-tight text-pretty">
        {t('behind', { behind, tenants, version })}
      </p>
      <p className="mt-0.5 text-sm">
        {t('behindText', { closed })}{' '}
        <Link to="/operator/tenants" search={{ behind: true }} className="rounded-sm font-medium underline">
          {t('showBehind')}
        </Link>
      </p>
    </div>
  )
}
