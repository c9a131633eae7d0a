import { useFormat } from '../../lib/format.ts'
import { HEIGHT, type Plot, STATES_BOTTOM, STRIP_BOTTOM } from './history-plot.ts'
import type { Moment, State } from './history-moments.ts'

export const FILLS: Record<State, string> = {
  leased: 'fill-chart-1',
  opening: 'fill-chart-3',
  turning: 'fill-chart-3',
  closing: 'fill-text-faint',
  idle: 'fill-chart-2 opacity-45',
}

interface DrawingProps {
  plot: Plot
  moments: readonly Moment[]
  width: number
  picked: number | null
  isRtl: boolean
}

export function HistoryDrawing({ plot, moments, width, picked, isRtl }: DrawingProps) {
  const column = picked === null ? undefined : plot.columns[picked]
  return (
    // With `direction`, "start" and "end" of a text are those of its language.
    <svg
      aria-hidden
      width={width}
      height={HEIGHT}
      direction={isRtl ? 'rtl' : 'ltr'}
      className="block overflow-visible"
    >
      {column ? (
        <rect
          x={column.x - 1}
          y={0}
          width={column.width + 2}
          height={STRIP_BOTTOM}
          className="fill-selected"
        />
      ) : null}
      <Axes plot={plot} isRtl={isRtl} />
      {plot.columns.map(({ x, width: step, bands, waiting, refused }, index) => (
        <g key={moments[index]?.at} data-moment={moments[index]?.isKnown}>
          {bands.map(({ state, y, height }) => (
            <rect key={state} x={x} y={y} width={step * 0.92} height={height} className={FILLS[state]} />
          ))}
          {waiting.height > 0 ? (
            <rect
              x={x}
              y={waiting.y}
              width={step * 0.92}
              height={waiting.height}
              className="fill-warning-text"
            />
          ) : null}
          {refused ? (
            <path d={`M${x + step / 2 - 4} ${STRIP_BOTTOM + 8} l4 -6 l4 6 z`} className="fill-danger" />
          ) : null}
        </g>
      ))}
      <line
        x1={plot.axisX}
        x2={plot.farX}
        y1={plot.limitY}
        y2={plot.limitY}
        strokeDasharray="6 4"
        className="stroke-text-muted"
      />
      <Times plot={plot} moments={moments} />
    </svg>
  )
}

function Axes({ plot, isRtl }: Pick<DrawingProps, 'plot' | 'isRtl'>) {
  const format = useFormat()
  const { axisX, farX, yTicks, waitingTop } = plot
  const labelX = isRtl ? axisX + 8 : axisX - 8
  return (
    <>
      {yTicks.map(({ value, y }) => (
        <g key={value}>
          <line x1={axisX} x2={farX} y1={y} y2={y} className="stroke-line" />
          <text x={labelX} y={y} dy="0.32em" textAnchor="end" className="fill-text-muted text-xs tabular">
            {format.number(value)}
          </text>
        </g>
      ))}
      <line x1={axisX} x2={farX} y1={STATES_BOTTOM} y2={STATES_BOTTOM} className="stroke-line-strong" />
      <line x1={axisX} x2={farX} y1={STRIP_BOTTOM} y2={STRIP_BOTTOM} className="stroke-line-strong" />
      <text
        x={labelX}
        y={waitingTop.y}
        dy="0.7em"
        textAnchor="end"
        className="fill-text-muted text-xs tabular"
      >
        {format.number(waitingTop.value)}
      </text>
    </>
  )
}

function Times({ plot, moments }: Pick<DrawingProps, 'plot' | 'moments'>) {
  const format = useFormat()
  return plot.xTicks.map((index) => {
    const moment = moments[index]
    const column = plot.columns[index]
    return moment && column ? (
      <text
        key={moment.at}
        x={column.x + column.width / 2}
        y={HEIGHT - 4}
        textAnchor="middle"
        className="fill-text-muted text-xs tabular"
      >
        {format.time(new Date(moment.at).toISOString())}
      </text>
    ) : null
  })
}
