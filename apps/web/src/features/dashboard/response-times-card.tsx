import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { APART, type Trpc, useTrpc } from '../../lib/trpc.ts'
import { cx } from '../../ui/cx.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Card } from './card.tsx'
import { Change } from './change.tsx'
import type { DashboardRange } from './dashboard-range.ts'
import { type ConversationsBehind, ConversationsLink } from './list-link.tsx'

type Times = Trpc['dashboard']['responseTimes']['~types']['output']
type Compared = Times['firstResponse']

const PARTS = ['firstResponse', 'resolution'] as const
const PART_MOMENTS = { firstResponse: 'answered', resolution: 'resolved' } as const
const SECOND_MS = 1000

/** How long customers wait: half of them no longer than the median, nine of ten no longer than p90. */
export function ResponseTimesCard({ range }: { range: DashboardRange }) {
  const t = useTranslations('dashboard.times')
  const trpc = useTrpc()
  const query = useQuery({
    ...trpc.dashboard.responseTimes.queryOptions(range, APART),
    placeholderData: keepPreviousData,
  })
  return (
    <Card title={t('title')} query={query} skeleton={<Skeleton className="h-64" />}>
      {(times) => (
        <div className="grid h-full grid-rows-2 gap-4">
          {PARTS.map((part) => (
            <div key={part} className="border-t border-line pt-4 first:border-0 first:pt-0">
              <h3 className="text-sm text-text-muted">{t(part)}</h3>
              <Duration duration={times[part]} behind={{ moment: PART_MOMENTS[part], period: times.range }} />
              <p className="mt-1 text-xs text-text-muted">
                <ConversationsLink behind={{ moment: PART_MOMENTS[part], period: times.range }}>
                  {t(`${part}Count`, { count: times[part].count })}
                </ConversationsLink>
              </p>
            </div>
          ))}
        </div>
      )}
    </Card>
  )
}

interface DurationProps {
  duration: Compared
  behind: ConversationsBehind
}

function Duration({ duration: { medianSeconds, p90Seconds, before }, behind }: DurationProps) {
  const t = useTranslations('dashboard.times')
  if (medianSeconds === null || p90Seconds === null) return <p className="mt-1 text-base">{t('none')}</p>
  return (
    <dl className="mt-1 grid grid-cols-2 gap-4">
      <Share name="median" seconds={medianSeconds} before={before.medianSeconds} behind={behind} />
      <Share name="p90" seconds={p90Seconds} before={before.p90Seconds} behind={behind} />
    </dl>
  )
}

interface ShareProps {
  name: 'median' | 'p90'
  seconds: number
  before: number | null
  behind: ConversationsBehind
}

/** How long it took at most for so many; opens those for which it took longer. */
function Share({ name, seconds, before, behind }: ShareProps) {
  const t = useTranslations('dashboard.times')
  const format = useFormat()
  const duration = format.duration(seconds * SECOND_MS)
  return (
    <div>
      <dd className={cx('text-xl font-semibold tracking-tight tabular', name === 'p90' && 'text-text-muted')}>
        <ConversationsLink
          behind={{ ...behind, longerThanSeconds: seconds }}
          title={t('longer', { duration })}
        >
          {duration}
        </ConversationsLink>
      </dd>
      <dt className="flex flex-wrap gap-x-2 text-xs text-text-muted">
        {t(name)}
        {before === null ? null : <Change now={seconds} before={before} isLessBetter />}
      </dt>
    </div>
  )
}
