import type { ImportCounts, Job } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { cx } from '../../ui/cx.ts'

const OUTCOMES = ['created', 'updated', 'same', 'skipped', 'refused'] as const
const TONES: Partial<Record<keyof ImportCounts, string>> = {
  created: 'text-success-text',
  refused: 'text-danger-text',
}

/** How many rows come to what. */
export function Counts({ job, label }: { job: Job; label: string }) {
  const t = useTranslations('import')
  const counts: Partial<ImportCounts> | null = job.result
  const notReached = (job.total ?? job.done) - job.done
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-2 gap-2 sm:grid-cols-[repeat(auto-fit,minmax(7rem,1fr))]"
    >
      {OUTCOMES.map((outcome) => (
        <Count
          key={outcome}
          label={t(`outcome.${outcome}`)}
          count={counts?.[outcome] ?? 0}
          tone={TONES[outcome] ?? ''}
        />
      ))}
      {notReached > 0 ? <Count label={t('outcome.notReached')} count={notReached} tone="" /> : null}
    </dl>
  )
}

function Count({ label, count, tone }: { label: string; count: number; tone: string }) {
  const format = useFormat()
  return (
    <div className="rounded-lg border border-line bg-surface px-3 py-2">
      <dt className="text-xs text-text-muted">{label}</dt>
      <dd className={cx('text-lg font-semibold tabular', count > 0 && tone)}>{format.number(count)}</dd>
    </div>
  )
}
