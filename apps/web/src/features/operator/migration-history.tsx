import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { globalTrpc, type Trpc } from '../../lib/trpc.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { Nothing, Panel } from './panel.tsx'
import { useConnectionWords } from './use-connection-words.ts'

type Run = Trpc['operator']['migration']['history']['~types']['output']['runs'][number]
type RunState = Run['state'] | 'cutOff'

const LOOK_AGAIN_MS = 5_000
const TONES: Record<RunState, Tone> = {
  done: 'success',
  running: 'accent',
  failed: 'danger',
  cutOff: 'danger',
}

/** How one tenant came to its schema: when, how long it took, what went wrong. */
export function MigrationHistory({ tenantKey }: { tenantKey: string }) {
  const t = useTranslations('fleet.history')
  const { data, error, isFetching, refetch } = useQuery({
    ...globalTrpc.operator.migration.history.queryOptions({ tenantKey }),
    refetchInterval: LOOK_AGAIN_MS,
    meta: { errors: 'inline' },
  })
  const versions = data && { version: String(data.schemaVersion), newest: String(data.newestVersion) }
  const isBehind = data !== undefined && data.schemaVersion < data.newestVersion
  return (
    <Panel title={t('title')} {...(versions && { hint: t(isBehind ? 'behind' : 'newest', versions) })}>
      {!data && error ? (
        <LoadFailure error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
      ) : null}
      {!data && !error ? <Skeleton className="h-24" /> : null}
      {data?.runs.length === 0 ? <Nothing>{t('none')}</Nothing> : null}
      {data && data.runs.length > 0 ? <Runs runs={data.runs} /> : null}
    </Panel>
  )
}

function Runs({ runs }: { runs: readonly Run[] }) {
  const t = useTranslations('fleet.history')
  const words = useTranslations('fleet.rollout')
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <Th className="px-4">{t('when')}</Th>
          <Th isNumeric>{words('versionColumn')}</Th>
          <Th>{words('stateColumn')}</Th>
          <Th isNumeric>{t('attempt')}</Th>
          <Th isNumeric>{words('took')}</Th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.startedAt} run={run} />
        ))}
      </tbody>
    </Table>
  )
}

function RunRow({ run }: { run: Run }) {
  const { fromVersion, toVersion, attempt, error, startedAt, endedAt } = run
  const t = useTranslations('fleet.history')
  const words = useTranslations('fleet.rollout')
  const format = useFormat()
  const { time } = useConnectionWords()
  const state: RunState = run.isCutOff ? 'cutOff' : run.state
  return (
    <tr>
      <Td className="px-4 py-2">
        {format.dateTime(startedAt)}
        {error === null ? null : (
          <span
            dir="ltr"
            className="mt-0.5 block max-w-96 font-mono text-xs break-words text-danger-text match-parent"
          >
            {error}
          </span>
        )}
      </Td>
      <Td isNumeric className="whitespace-nowrap">
        {fromVersion === toVersion
          ? t('lookedAt', { version: String(toVersion) })
          : words('versionChange', { from: fromVersion, to: toVersion })}
      </Td>
      <Td>
        <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
      </Td>
      <Td isNumeric>{format.number(attempt)}</Td>
      <Td isNumeric className="whitespace-nowrap text-text-muted">
        {endedAt === null ? '–' : time(Date.parse(endedAt) - Date.parse(startedAt))}
      </Td>
    </tr>
  )
}
