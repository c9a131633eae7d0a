import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { Nothing, Panel } from './panel.tsx'
import { isAtWork, type Rollout, type TenantMigration } from './rollout-status.ts'
import { useConnectionWords } from './use-connection-words.ts'

const LOOK_AGAIN_MS = 2_000
/** The last of a rollout is recorded after the last look at it, and another may begin. */
const LOOK_AGAIN_AT_REST_MS = 5_000
const STATES = ['all', 'failed', 'running', 'pending', 'done'] as const
type StateFilter = (typeof STATES)[number]
const TONES: Record<TenantMigration['state'], Tone> = {
  pending: 'neutral',
  running: 'accent',
  done: 'success',
  failed: 'danger',
}

/** Every tenant of the newest rollout, with what became of it. */
export function RolloutTable({ rollout }: { rollout: Rollout }) {
  const t = useTranslations('fleet.rollout')
  const [filter, setFilter] = useState<StateFilter>('all')
  const options = STATES.map((value) => ({
    value,
    label: value === 'all' ? t('allStates') : t(`count.${value}`),
  }))
  return (
    <Panel title={t('tenantsOfRollout')}>
      <Select
        label={t('stateColumn')}
        value={filter}
        onChange={setFilter}
        options={options}
        className="mb-3 max-w-56"
      />
      <Rows rollout={rollout} filter={filter} />
    </Panel>
  )
}

function Rows({ rollout, filter }: { rollout: Rollout; filter: StateFilter }) {
  const t = useTranslations('fleet.rollout')
  const query = useInfiniteQuery({
    ...globalTrpc.operator.migration.list.infiniteQueryOptions(
      { ...(filter !== 'all' && { state: filter }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
    refetchInterval: isAtWork(rollout) ? LOOK_AGAIN_MS : LOOK_AGAIN_AT_REST_MS,
    staleTime: 0,
    meta: { errors: 'inline' },
  })
  if (query.isPending) return <Skeleton className="h-48" />
  if (!query.data) {
    return (
      <LoadFailure error={query.error} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
    )
  }
  const rows = query.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return <Nothing>{t('noneInState')}</Nothing>
  return (
    <>
      <Table label={t('tenantsOfRollout')}>
        <thead>
          <tr>
            <Th className="px-4">{t('tenant')}</Th>
            <Th>{t('stateColumn')}</Th>
            <Th isNumeric>{t('wave')}</Th>
            <Th isNumeric>{t('versionColumn')}</Th>
            <Th isNumeric>{t('attempts')}</Th>
            <Th isNumeric>{t('took')}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((migration) => (
            <Row key={migration.tenantKey} migration={migration} />
          ))}
        </tbody>
      </Table>
      {query.hasNextPage ? (
        <Button className="mt-3" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </>
  )
}

function Row({ migration }: { migration: TenantMigration }) {
  const { tenantKey, state, wave, fromVersion, targetVersion, attempts, error, startedAt, endedAt } =
    migration
  const t = useTranslations('fleet.rollout')
  const format = useFormat()
  const { time } = useConnectionWords()
  return (
    <tr>
      <Td className="px-4 py-2">
        <span dir="ltr" className="block font-mono text-xs font-medium match-parent">
          {tenantKey}
        </span>
        {error === null ? null : (
          <span
            dir="ltr"
            className="mt-0.5 block max-w-96 font-mono text-xs break-words text-danger-text match-parent"
          >
            {error}
          </span>
        )}
      </Td>
      <Td>
        <Badge tone={TONES[state]}>{t(`count.${state}`)}</Badge>
      </Td>
      <Td isNumeric>{format.number(wave)}</Td>
      <Td isNumeric className="whitespace-nowrap">
        {t('versionChange', { from: fromVersion, to: targetVersion })}
      </Td>
      <Td isNumeric>{format.number(attempts)}</Td>
      <Td isNumeric className="whitespace-nowrap text-text-muted">
        {startedAt === null || endedAt === null ? '–' : time(Date.parse(endedAt) - Date.parse(startedAt))}
      </Td>
    </tr>
  )
}
