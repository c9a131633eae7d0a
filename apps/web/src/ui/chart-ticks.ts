import { ticks } from 'd3-array'

const Y_TICKS = 4

/** Whole numbers from nothing to at least the largest: nobody opens half a conversation. */
export function countTicks(max: number): number[] {
  const whole = ticks(0, max, Y_TICKS).filter(Number.isInteger)
  const step = (whole[1] ?? 1) - (whole[0] ?? 0)
  const last = whole.at(-1) ?? 0
  return last < max ? [...whole, last + step] : whole
}

/** About `most` indexes evenly spread, the first and the last among them. */
export function spread(count: number, most: number): number[] {
  if (count <= 1) return count === 1 ? [0] : []
  const gaps = Math.min(count - 1, most - 1)
  return Array.from({ length: gaps + 1 }, (_, index) => Math.round((index * (count - 1)) / gaps))
}
