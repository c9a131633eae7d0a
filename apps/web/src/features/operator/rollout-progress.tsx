import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Panel } from './panel.tsx'
import { type Rollout, type RolloutState, stateOf } from './rollout-status.ts'
import { useConnectionWords } from './use-connection-words.ts'
import { useRolloutVerbs } from './use-rollout-verbs.ts'

const TONES: Record<RolloutState, Tone> = {
  running: 'accent',
  stopping: 'warning',
  cutOff: 'danger',
  done: 'success',
  failures: 'warning',
  stopped: 'warning',
}
/** In the order in which tenants go through them, from the end. */
const PARTS = ['done', 'failed', 'running', 'pending'] as const
const COLOURS = { done: 'bg-success', failed: 'bg-danger', running: 'bg-accent', pending: 'bg-line-strong' }

/** The newest rollout: what it is at, how far it is, and what can be done about it. */
export function RolloutProgress({ rollout }: { rollout: Rollout }) {
  const t = useTranslations('fleet.rollout')
  const state = stateOf(rollout)
  return (
    <Panel title={t('latest')}>
      <div className="flex flex-col gap-4 rounded-lg border border-line p-4">
        <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
          <div role="status" className="flex min-w-0 flex-1 basis-72 flex-col items-start gap-1">
            <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
            <p className="text-sm text-pretty text-text-muted">
              <StateText rollout={rollout} state={state} />
            </p>
          </div>
          <Verbs rollout={rollout} state={state} />
        </div>
        {rollout.waveCounts.map((counts, at) => (
          // Waves have no other name than their number.
          <Wave key={at} counts={counts} wave={at + 1} isAlone={rollout.waves === 1} />
        ))}
        <Counts counts={rollout.counts} />
      </div>
    </Panel>
  )
}

function StateText({ rollout, state }: { rollout: Rollout; state: RolloutState }) {
  const t = useTranslations('fleet.rollout')
  const format = useFormat()
  const { time } = useConnectionWords()
  const { wave, waves, startedAt, stopAskedAt, heardAt, endedAt, reason } = rollout
  const end = endedAt ?? heardAt
  const values = {
    wave,
    waves,
    started: format.dateTime(startedAt),
    took: time(Date.parse(end) - Date.parse(startedAt)),
    asked: format.timeWithSeconds(stopAskedAt ?? heardAt),
    heard: format.dateTime(heardAt),
    ended: format.dateTime(end),
    reason: reason ?? '',
  }
  return t(`stateText.${state === 'stopped' && stopAskedAt !== null ? 'stoppedByHand' : state}`, values)
}

function Verbs({ rollout, state }: { rollout: Rollout; state: RolloutState }) {
  const t = useTranslations('fleet.rollout')
  const { stop, retry } = useRolloutVerbs()
  if (state === 'running') {
    return (
      <Button isBusy={stop.isPending} onClick={() => stop.mutate()}>
        {t('stop')}
      </Button>
    )
  }
  if (state === 'stopping' || rollout.counts.failed === 0) return null
  return (
    <Button isBusy={retry.isPending} onClick={() => retry.mutate()}>
      {t('retry')}
    </Button>
  )
}

interface WaveProps {
  counts: Rollout['counts']
  wave: number
  isAlone: boolean
}

function Wave({ counts, wave, isAlone }: WaveProps) {
  const t = useTranslations('fleet.rollout')
  const format = useFormat()
  const tenants = PARTS.reduce((sum, part) => sum + counts[part], 0)
  const through = counts.done + counts.failed
  if (tenants === 0) return null
  return (
    <div className="flex items-center gap-3">
      {isAlone ? null : (
        <span aria-hidden className="w-20 shrink-0 text-xs font-medium text-text-muted">
          {t('waveProgress', { wave })}
        </span>
      )}
      <div
        role="progressbar"
        aria-label={t('waveProgress', { wave })}
        aria-valuemin={0}
        aria-valuemax={tenants}
        aria-valuenow={through}
        aria-valuetext={t('progress', { done: format.number(through), tenants: format.number(tenants) })}
        className="flex h-2 min-w-0 flex-1 gap-px overflow-hidden rounded-full bg-sunken"
      >
        {PARTS.filter((part) => part !== 'pending' && counts[part] > 0).map((part) => (
          <div
            key={part}
            className={COLOURS[part]}
            style={{ inlineSize: `${(100 * counts[part]) / tenants}%` }}
          />
        ))}
      </div>
      <span aria-hidden className="w-20 shrink-0 text-end text-xs text-text-muted tabular">
        {format.number(through)} / {format.number(tenants)}
      </span>
    </div>
  )
}

function Counts({ counts }: { counts: Rollout['counts'] }) {
  const t = useTranslations('fleet.rollout')
  const format = useFormat()
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {PARTS.map((part) => (
        <div key={part} className="flex items-center gap-1.5">
          <span aria-hidden className={`size-2 rounded-full ${COLOURS[part]}`} />
          <dt className="text-text-muted">{t(`count.${part}`)}</dt>
          <dd className="font-medium tabular">{format.number(counts[part])}</dd>
        </div>
      ))}
    </dl>
  )
}
