import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { cx } from '../../ui/cx.ts'

interface ChangeProps {
  now: number
  before: number
  /** Where less is better, as with waiting. Counts are neither good nor bad. */
  isLessBetter?: boolean
}

/** How much more or less than in the period before. Nothing where there is nothing to compare with. */
export function Change({ now, before, isLessBetter = false }: ChangeProps) {
  const t = useTranslations('dashboard.change')
  const format = useFormat()
  if (before === 0) return null
  const ratio = (now - before) / before
  const percent = format.percent(Math.abs(ratio))
  const direction = Math.abs(ratio) < 0.005 ? 'same' : ratio > 0 ? 'more' : 'less'
  const isGood = isLessBetter && direction === 'less'
  const isBad = isLessBetter && direction === 'more'
  return (
    <span
      className={cx(
        'text-xs whitespace-nowrap text-text-muted tabular',
        isGood && 'text-success-text',
        isBad && 'text-danger-text',
      )}
    >
      <span aria-hidden>{t(`${direction}Short`, { percent })}</span>
      <span className="sr-only">{t(direction, { percent })}</span>
    </span>
  )
}
