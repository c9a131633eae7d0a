import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import type { Trpc } from '../../lib/trpc.ts'

type Stats = Trpc['operator']['connections']['~types']['output']['pool']

const PARTS = [
  { part: 'leased', barClass: 'bg-chart-1' },
  { part: 'turning', barClass: 'bg-chart-3' },
  { part: 'idle', barClass: 'bg-chart-2' },
] as const

/** The hard budget, and who has how much of it. */
export function BudgetBar({ stats }: { stats: Stats }) {
  const t = useTranslations('operator')
  const format = useFormat()
  const { limit } = stats.budget
  return (
    <section>
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h2 className="text-base font-semibold">{t('budget')}</h2>
        <p className="text-sm text-text-muted tabular">
          {t('budgetUse', { inUse: format.number(stats.budget.inUse), limit: format.number(limit) })}
        </p>
      </div>
      <div aria-hidden className="flex h-3 gap-px overflow-hidden rounded-full bg-sunken">
        {PARTS.map(({ part, barClass }) => (
          <span
            key={part}
            className={`${barClass} transition-[width]`}
            style={{ width: `${limit === 0 ? 0 : (stats[part] / limit) * 100}%` }}
          />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-text-muted">
        {PARTS.map(({ part, barClass }) => (
          <li key={part} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-full ${barClass}`} />
            {t(`part.${part}`)}{' '}
            <span className="font-medium text-text tabular">{format.number(stats[part])}</span>
          </li>
        ))}
        <li>
          {t('part.waiting')}{' '}
          <span className="font-medium text-text tabular">{format.number(stats.waiting)}</span>
        </li>
      </ul>
    </section>
  )
}
