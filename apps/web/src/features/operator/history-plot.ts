import { countTicks, spread } from '../../ui/chart-ticks.ts'
import { type Moment, MOMENT_MS, type State, STATES } from './history-moments.ts'

export interface Frame {
  width: number
  /** Time runs along the line of reading: from the right in Urdu. */
  isRtl: boolean
}

interface Band {
  state: State
  y: number
  height: number
}

interface Column {
  x: number
  width: number
  bands: Band[]
  /** Of the lower strip: those who waited, and whether somebody got nothing. */
  waiting: { y: number; height: number }
  refused: boolean
}

export interface Plot {
  columns: Column[]
  yTicks: { value: number; y: number }[]
  waitingTop: { value: number; y: number }
  limitY: number
  /** Indexes of the moments that are named below. */
  xTicks: number[]
  axisX: number
  farX: number
}

export const HEIGHT = 268
export const STATES_BOTTOM = 172
export const STRIP_BOTTOM = 240
const STRIP_TOP = 196
const MARGIN = { axis: 36, far: 4, top: 12 }
/** One time of day and the air around it. */
const X_LABEL_WIDTH = 88
const X_LABELS_MAX = 7
const FULL_MINUTES = (10 * 60_000) / MOMENT_MS

/** Where everything is drawn: states stacked under the budget, below them those who waited, each on its own scale. */
export function layOut(moments: readonly Moment[], { width, isRtl }: Frame): Plot {
  const inner = Math.max(0, width - MARGIN.axis - MARGIN.far)
  const step = inner / Math.max(1, moments.length)
  const limit = Math.max(1, ...moments.map((moment) => moment.limit))
  const tickValues = countTicks(limit)
  const yOf = (count: number) =>
    STATES_BOTTOM - (count / (tickValues.at(-1) ?? 1)) * (STATES_BOTTOM - MARGIN.top)
  const mostWaiting = Math.max(1, ...moments.map(({ waiting }) => waiting))
  const waitingHeight = (count: number) => (count / mostWaiting) * (STRIP_BOTTOM - STRIP_TOP)
  return {
    columns: moments.map((moment, index) => {
      const fromStart = MARGIN.axis + index * step
      const height = waitingHeight(moment.waiting)
      return {
        x: isRtl ? width - fromStart - step : fromStart,
        width: step,
        bands: stack(moment, yOf),
        waiting: { y: STRIP_BOTTOM - height, height },
        refused: moment.refused > 0,
      }
    }),
    yTicks: tickValues.map((value) => ({ value, y: yOf(value) })),
    waitingTop: { value: mostWaiting, y: STRIP_TOP },
    limitY: yOf(limit),
    xTicks: timesNamed(moments, inner),
    axisX: isRtl ? width - MARGIN.axis : MARGIN.axis,
    farX: isRtl ? MARGIN.far : width - MARGIN.far,
  }
}

function stack({ states }: Moment, yOf: (count: number) => number): Band[] {
  let below = 0
  return STATES.map((state) => {
    const y = yOf(below + states[state])
    const band = { state, y, height: yOf(below) - y }
    below += states[state]
    return band
  }).filter(({ height }) => height > 0)
}

/** Full ten minutes, as many as have room. */
function timesNamed(moments: readonly Moment[], inner: number): number[] {
  const full = moments.flatMap(({ at }, index) => ((at / MOMENT_MS) % FULL_MINUTES === 0 ? [index] : []))
  const most = Math.min(X_LABELS_MAX, Math.max(2, Math.floor(inner / X_LABEL_WIDTH)))
  return spread(full.length, most).flatMap((at) => full[at] ?? [])
}

/** The moment under the pointer, or the nearest. */
export function indexAt({ columns }: Plot, x: number): number {
  const distances = columns.map((column) => Math.abs(column.x + column.width / 2 - x))
  return distances.indexOf(Math.min(...distances))
}
