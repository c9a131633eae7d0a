import type { Priority } from '@sarai/api/chat/schema'
import SignalHigh from 'lucide-react/icons/signal-high'
import SignalLow from 'lucide-react/icons/signal-low'
import SignalMedium from 'lucide-react/icons/signal-medium'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Signal from 'lucide-react/icons/signal'
import { useTranslations } from 'use-intl'
import { cx } from '../../ui/cx.ts'

/** The most urgent first, as menus show them. */
export const PRIORITIES_DOWN: readonly Priority[] = ['urgent', 'high', 'normal', 'low', 'none']

const MARKS = {
  none: Signal,
  low: SignalLow,
  normal: SignalMedium,
  high: SignalHigh,
  urgent: CircleAlert,
} as const

/** Its form says it as well as its colour. Without words for those who see; `isNamed`: it stands alone. */
export function PriorityMark({ priority, isNamed }: { priority: Priority; isNamed?: boolean }) {
  const t = useTranslations('chat.priority')
  const Mark = MARKS[priority]
  return (
    <span className="inline-flex shrink-0">
      <Mark
        aria-hidden
        className={cx(
          'size-4',
          priority === 'urgent' ? 'text-danger-text' : 'text-text-muted',
          // All bars, faint: a single one is a dot that means nothing.
          priority === 'none' && 'opacity-35',
        )}
      />
      {isNamed ? <span className="sr-only">{t(priority)}</span> : null}
    </span>
  )
}
