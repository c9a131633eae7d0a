import { type ReactNode, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { directionOf } from '../../lib/preferences.ts'
import { cx } from '../../ui/cx.ts'
import { useWidth } from '../../ui/use-width.ts'
import { indexAt, layOut, type Plot } from './chart-geometry.ts'

const HEIGHT = 232

interface TrendChartProps {
  label: string
  days: readonly ChartDay[]
  /** "12 conversations" */
  describe: (count: number) => string
  /** Opens the list behind a day, by a click or Enter. */
  onOpen: ((day: ChartDay) => void) | undefined
}

interface ChartDay {
  date: string
  from: string
  to: string
  count: number
}

/**
 * A count for each day. The pointer or the arrow keys pick a day; a range input does the keys and the words, so
 * that it works, in both directions of reading, as every slider does.
 */
export function TrendChart({ label, days, describe, onOpen }: TrendChartProps) {
  const t = useTranslations('dashboard.trend')
  const format = useFormat()
  const isRtl = directionOf(useLocale()) === 'rtl'
  const [box, width] = useWidth<HTMLDivElement>()
  const [picked, setPicked] = useState<number | null>(null)
  const counts = days.map(({ count }) => count)
  const plot = layOut(counts, { width, height: HEIGHT, isRtl })
  const last = days.length - 1
  const named = days[picked ?? last]
  const bar = picked === null ? undefined : plot.bars[picked]
  return (
    <div
      ref={box}
      onPointerMove={(event) => {
        setPicked(indexAt(plot, event.clientX - event.currentTarget.getBoundingClientRect().left))
      }}
      onPointerLeave={() => setPicked(null)}
      // A tap on a phone picks and does not open: there is no hovering to see first what would open.
      onPointerUp={(event) => {
        if (named && event.pointerType === 'mouse') onOpen?.(named)
      }}
      className="relative rounded-md has-focus-visible:outline-2 has-focus-visible:outline-focus"
    >
      <input
        type="range"
        min={0}
        max={last}
        value={picked ?? last}
        aria-label={label}
        aria-valuetext={named ? `${format.date(named.date)}: ${describe(named.count)}` : ''}
        onChange={(event) => setPicked(event.target.valueAsNumber)}
        onFocus={() => setPicked((now) => now ?? last)}
        onBlur={() => setPicked(null)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && named) onOpen?.(named)
        }}
        className="pointer-events-none absolute inset-0 opacity-0"
      />
      {width > 0 ? (
        <Drawing plot={plot} days={days} width={width} picked={picked} isRtl={isRtl} />
      ) : (
        <div className="h-58" />
      )}
      {named && bar ? (
        <Tooltip center={bar.x + bar.width / 2} width={width} isRtl={isRtl}>
          <span className="block text-text-muted">{format.date(named.date, { weekday: 'short' })}</span>
          <span className="font-semibold">{describe(named.count)}</span>
          {onOpen ? <span className="block text-text-muted">{t('enter')}</span> : null}
        </Tooltip>
      ) : null}
    </div>
  )
}

interface DrawingProps {
  plot: Plot
  days: TrendChartProps['days']
  width: number
  picked: number | null
  isRtl: boolean
}

function Drawing({ plot, days, width, picked, isRtl }: DrawingProps) {
  return (
    // With `direction`, "start" and "end" of a text are those of its language.
    <svg
      aria-hidden
      width={width}
      height={HEIGHT}
      direction={isRtl ? 'rtl' : 'ltr'}
      className="block overflow-visible"
    >
      <CountAxis plot={plot} isRtl={isRtl} />
      {plot.bars.map((bar, index) => (
        <rect
          key={days[index]?.date}
          x={bar.x + gapOf(bar.width) / 2}
          y={bar.y}
          width={bar.width - gapOf(bar.width)}
          height={bar.height}
          rx={Math.min(2, bar.width / 4)}
          className={cx(
            'fill-chart-1 transition-opacity',
            picked !== null && picked !== index && 'opacity-40',
          )}
        />
      ))}
      <DayAxis plot={plot} days={days} />
    </svg>
  )
}

/** A third of the day's share, but never more than what parts them. */
function gapOf(width: number): number {
  return Math.min(width / 3, 12)
}

function CountAxis({ plot: { yTicks, axisX, farX }, isRtl }: Pick<DrawingProps, 'plot' | 'isRtl'>) {
  const format = useFormat()
  return yTicks.map(({ value, y }) => (
    <g key={value}>
      <line x1={axisX} x2={farX} y1={y} y2={y} className="stroke-line" />
      <text
        x={isRtl ? axisX + 8 : axisX - 8}
        y={y}
        dy="0.32em"
        textAnchor="end"
        className="fill-text-muted text-xs tabular"
      >
        {format.number(value)}
      </text>
    </g>
  ))
}

function DayAxis({ plot, days }: Pick<DrawingProps, 'plot' | 'days'>) {
  const format = useFormat()
  return plot.xTicks.map((index) => {
    const bar = plot.bars[index]
    return bar ? (
      <text
        key={index}
        x={anchorX(plot, index)}
        y={HEIGHT - 6}
        textAnchor={anchorOf(plot, index)}
        className="fill-text-muted text-xs"
      >
        {format.date(days[index]?.date ?? '')}
      </text>
    ) : null
  })
}

/** The first and the last name stay inside the drawing. */
function anchorOf({ bars }: Plot, index: number): 'start' | 'middle' | 'end' {
  if (index === 0) return 'start'
  return index === bars.length - 1 ? 'end' : 'middle'
}

function anchorX({ bars, axisX, farX }: Plot, index: number): number {
  if (index === 0) return axisX
  const bar = bars[index]
  return index === bars.length - 1 || !bar ? farX : bar.x + bar.width / 2
}

const TOOLTIP_WIDTH = 160

interface TooltipProps {
  center: number
  width: number
  isRtl: boolean
  children: ReactNode
}

function Tooltip({ center, width, isRtl, children }: TooltipProps) {
  const offset = Math.min(Math.max(0, center - TOOLTIP_WIDTH / 2), Math.max(0, width - TOOLTIP_WIDTH))
  return (
    <div aria-hidden dir="ltr" className="pointer-events-none absolute inset-x-0 top-0">
      <div
        dir={isRtl ? 'rtl' : 'ltr'}
        style={{ width: TOOLTIP_WIDTH, translate: `${offset}px` }}
        className="rounded-md bg-raised px-2.5 py-1.5 text-center text-xs shadow-popover"
      >
        {children}
      </div>
    </div>
  )
}
