import { countTicks, spread } from '../../ui/chart-ticks.ts'

export interface Frame {
  width: number
  height: number
  /** Time runs along the line of reading: from the right in Urdu. */
  isRtl: boolean
}

interface Bar {
  /** The edges of the day's share of the width; the bar stands inside it. */
  x: number
  width: number
  y: number
  height: number
}

export interface Plot {
  bars: Bar[]
  yTicks: { value: number; y: number }[]
  /** Indexes of the days that are named below. */
  xTicks: number[]
  /** Where the axis of counts stands, and the opposite edge. */
  axisX: number
  farX: number
  bottom: number
}

const MARGIN = { axis: 36, far: 4, top: 12, bottom: 28 }
/** One name of a day and the air around it. */
const X_LABEL_WIDTH = 84

/** Where everything of a chart of daily counts is drawn, in pixels. */
export function layOut(counts: readonly number[], { width, height, isRtl }: Frame): Plot {
  const bottom = height - MARGIN.bottom
  const innerWidth = Math.max(0, width - MARGIN.axis - MARGIN.far)
  const yTickValues = countTicks(Math.max(...counts, 1))
  const top = yTickValues.at(-1) ?? 1
  const yOf = (count: number) => bottom - (count / top) * (bottom - MARGIN.top)
  const step = innerWidth / Math.max(1, counts.length)
  const bars = counts.map((count, index) => {
    const fromStart = MARGIN.axis + index * step
    return {
      x: isRtl ? width - fromStart - step : fromStart,
      width: step,
      y: yOf(count),
      height: bottom - yOf(count),
    }
  })
  return {
    bars,
    yTicks: yTickValues.map((value) => ({ value, y: yOf(value) })),
    xTicks: spread(counts.length, Math.max(2, Math.floor(innerWidth / X_LABEL_WIDTH))),
    axisX: isRtl ? width - MARGIN.axis : MARGIN.axis,
    farX: isRtl ? MARGIN.far : width - MARGIN.far,
    bottom,
  }
}

/** The day under the pointer, or the nearest. */
export function indexAt({ bars }: Plot, x: number): number {
  const distances = bars.map((bar) => Math.abs(bar.x + bar.width / 2 - x))
  return distances.indexOf(Math.min(...distances))
}
