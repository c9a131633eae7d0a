import Check from 'lucide-react/icons/circle-check'
import Alert from 'lucide-react/icons/triangle-alert'
import { useTranslations } from 'use-intl'
import { cx } from '../../ui/cx.ts'
import { type Assessment, assessConnections, type Tone, TONES } from './assess-connections.ts'
import type { ConnectionsReport } from './connections-report.ts'
import { useConnectionWords } from './use-connection-words.ts'

const BOX: Record<Tone, string> = {
  success: 'bg-success-soft text-success-text',
  warning: 'bg-warning-soft text-warning-text',
  danger: 'bg-danger-soft text-danger-text',
}

/** How things are, in one sentence, and why. */
export function ConnectionsHeadline({ report }: { report: ConnectionsReport }) {
  const assessment = assessConnections(report)
  const tone = TONES[assessment.kind]
  const { title, text } = useSentence(assessment)
  const Icon = tone === 'success' ? Check : Alert
  return (
    <div className={cx('flex gap-3 rounded-lg px-4 py-3', BOX[tone])}>
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0">
        {/* Only the kind of news is announced, not each figure that changes every second. */}
        <p role="status" className="sr-only">
          {title.announced}
        </p>
        <p className="text-lg font-semibold tracking-tight text-pretty">{title.shown}</p>
        {text ? <p className="mt-0.5 text-sm text-pretty">{text}</p> : null}
      </div>
    </div>
  )
}

function useSentence(assessment: Assessment) {
  const t = useTranslations('operator.state')
  const words = useConnectionWords()
  const { kind } = assessment
  const announced = t(`${kind}.word`)
  switch (kind) {
    case 'trouble':
      return {
        title: { announced, shown: t('trouble.title', { callers: assessment.callers }) },
        text: t('trouble.text', { code: assessment.code }),
      }
    case 'busy': {
      const { first, callers } = assessment
      const tenant = words.name(first.tenant)
      const longest = words.time(first.longestWaitMs)
      return {
        title: { announced, shown: t('busy.title', { callers, tenant }) },
        text: `${words.why(first.tenant, first.why)} ${t('busy.text', { longest })}`,
      }
    }
    case 'held': {
      const { tenant, label, heldMs } = assessment
      const values = {
        tenant: words.name(tenant),
        label,
        time: words.time(heldMs),
      }
      return { title: { announced, shown: t('held.title', values) }, text: t('held.text') }
    }
    case 'recovering': {
      const values = {
        refused: assessment.refused,
        tenant: words.name(assessment.tenant),
      }
      return { title: { announced, shown: t('recovering.title', values) }, text: t('recovering.text') }
    }
    case 'healthy': {
      const { atWork, limit, callers } = assessment
      return { title: { announced, shown: t('healthy.title', { atWork, limit, callers }) }, text: null }
    }
  }
}
