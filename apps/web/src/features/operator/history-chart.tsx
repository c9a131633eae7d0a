import { useMemo, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { directionOf } from '../../lib/preferences.ts'
import { cx } from '../../ui/cx.ts'
import { useWidth } from '../../ui/use-width.ts'
import type { ConnectionsReport } from './connections-report.ts'
import { FILLS, HistoryDrawing } from './history-drawing.tsx'
import { HistoryMoment } from './history-moment.tsx'
import { type Moment, toMoments } from './history-moments.ts'
import { HEIGHT, indexAt, layOut } from './history-plot.ts'
import { HistoryTable } from './history-table.tsx'
import { Panel } from './panel.tsx'

const LEGEND = ['leased', 'turning', 'closing', 'idle'] as const

/** The last hour: connections by state under the budget, below them who waited. A moment can be picked. */
export function HistoryChart({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator')
  const { samples, keptMs } = report.history
  const newest = samples.at(-1)?.at ?? report.at
  // Only a new sample changes the drawing, not every look.
  const moments = useMemo(
    () => toMoments(samples, { now: Date.parse(newest), keptMs }),
    [samples, newest, keptMs],
  )
  const [pickedAt, setPickedAt] = useState<number | null>(null)
  const found = moments.findIndex(({ at }) => at === pickedAt)
  const picked = pickedAt === null || found < 0 ? null : found
  const shown = moments[picked ?? moments.length - 1]
  return (
    <Panel title={t('history')} hint={t('historyHint')}>
      <div className="rounded-lg border border-line bg-surface p-4">
        <Legend />
        <Plot moments={moments} picked={picked} onPick={(index) => setPickedAt(moments[index]?.at ?? null)} />
        <div className="mt-3 min-h-28 border-t border-line pt-3">
          {shown ? <HistoryMoment moment={shown} /> : null}
        </div>
        <HistoryTable moments={moments} />
      </div>
    </Panel>
  )
}

function Legend() {
  const t = useTranslations('operator')
  return (
    <ul className="mb-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-text-muted">
      {LEGEND.map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <svg aria-hidden width="10" height="10">
            <rect width="10" height="10" rx="2" className={FILLS[state]} />
          </svg>
          {state === 'turning' ? t('openingOrTurning') : t(`part.${state}`)}
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <svg aria-hidden width="16" height="10">
          <line x1="0" x2="16" y1="5" y2="5" strokeDasharray="5 3" className="stroke-text-muted" />
        </svg>
        {t('budget')}
      </li>
      <li className="flex items-center gap-1.5">
        <svg aria-hidden width="10" height="10">
          <rect width="10" height="10" rx="2" className="fill-warning-text" />
        </svg>
        {t('waitingBelow')}
      </li>
      <li className="flex items-center gap-1.5">
        <svg aria-hidden width="10" height="10">
          <path d="M1 9 l4 -7 l4 7 z" className="fill-danger" />
        </svg>
        {t('refusedBelow')}
      </li>
    </ul>
  )
}

interface PlotProps {
  moments: readonly Moment[]
  picked: number | null
  onPick: (index: number) => void
}

/** A range input does the keys and the words, so that it works, in both directions of reading, as every slider does. */
function Plot({ moments, picked, onPick }: PlotProps) {
  const t = useTranslations('operator')
  const isRtl = directionOf(useLocale()) === 'rtl'
  const say = useMomentInWords()
  const [box, width] = useWidth<HTMLDivElement>()
  const plot = useMemo(() => layOut(moments, { width, isRtl }), [moments, width, isRtl])
  const last = moments.length - 1
  const named = moments[picked ?? last]
  return (
    <div
      ref={box}
      onPointerMove={(event) =>
        onPick(indexAt(plot, event.clientX - event.currentTarget.getBoundingClientRect().left))
      }
      className="relative rounded-md has-focus-visible:outline-2 has-focus-visible:outline-focus"
    >
      <input
        type="range"
        min={0}
        max={last}
        value={picked ?? last}
        aria-label={t('historyMoment')}
        aria-valuetext={named ? say(named) : ''}
        onChange={(event) => onPick(event.target.valueAsNumber)}
        className="pointer-events-none absolute inset-0 opacity-0"
      />
      <div style={{ height: HEIGHT }} className={cx(width === 0 && 'invisible')}>
        {width > 0 ? (
          <HistoryDrawing plot={plot} moments={moments} width={width} picked={picked} isRtl={isRtl} />
        ) : null}
      </div>
    </div>
  )
}

function useMomentInWords() {
  const t = useTranslations('operator.moment')
  const format = useFormat()
  return (moment: Moment) => {
    const at = format.timeWithSeconds(new Date(moment.at).toISOString())
    if (!moment.isKnown) return t('unknown', { at })
    const atWork = Math.round(moment.states.leased * 10) / 10
    return `${at}: ${t('inWords', { atWork, limit: moment.limit })} ${t('waited', { waiting: moment.waiting, refused: moment.refused })}`
  }
}
