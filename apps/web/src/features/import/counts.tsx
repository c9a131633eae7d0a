import type { ImportCounts, Job } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'

const OUTCOMES = ['created', 'updated', 'same', 'skipped', 'refused'] as const
const TONES: Partial<Record<keyof ImportCounts, string>> = {
  created: 'text-success-text',
  refused: 'text-danger-text',
}

/** How many rows come to what. */
export function Counts({ job, label }: { job: Job; label: string }) {
  const t = useTranslations('import')
  const format = useFormat()
  const counts: Partial<ImportCounts> | null = job.result
  return (
    <dl aria-label={label} className="grid grid-cols-2 gap-2 sm:grid-cols-5">
      {OUTCOMES.map((outcome) => (
        <div key={outcome} className="rounded-lg border border-line bg-surface px-3 py-2">
          <dt className="text-xs text-text-muted">{t(`outcome.${outcome}`)}</dt>
          <dd className={`text-lg font-semibold tabular ${counts?.[outcome] ? (TONES[outcome] ?? '') : ''}`}>
            {format.number(counts?.[outcome] ?? 0)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
