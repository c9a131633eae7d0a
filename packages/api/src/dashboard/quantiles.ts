/** Binary digits of a duration that its step keeps: one step is at most a quarter wider than what it begins with. */
const STEP_DIGITS = 3
const SHARES = [0.5, 0.9] as const

/** How often each value occurred, the smallest first. */
export type Histogram = readonly { value: number; count: number }[]

/** Where a wanted value lies: in this step, as the so-manieth of it, beginning with 1. */
export interface Rank {
  step: number
  place: number
}

/** What is in a step: from `from` until before `to`, in whole seconds. A step is named by where it begins. */
export function boundsOf(step: number): { from: number; to: number } {
  return { from: step, to: step + widthAt(step) }
}

/** The step in which a duration lies; in SQL: `stepOf` of conversation-facts.ts. */
export function stepOf(seconds: number): number {
  return seconds - (seconds % widthAt(seconds))
}

function widthAt(seconds: number): number {
  return 2 ** Math.max(0, seconds.toString(2).length - STEP_DIGITS)
}

/** The median's and the 90th percentile's place by nearest rank; nothing where nothing occurred. */
export function findRanks(steps: Histogram): Rank[] {
  const total = steps.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return []
  return SHARES.map((share) => findPlace(steps, Math.ceil(total * share)))
}

function findPlace(steps: Histogram, place: number): Rank {
  let before = 0
  for (const { value, count } of steps) {
    if (before + count >= place) return { step: value, place: place - before }
    before += count
  }
  throw new RangeError('a place beyond the last')
}

/** The value at a place among the values of its step. If they changed since they were counted: the nearest that is left. */
export function valueAtRank({ step, place }: Rank, values: Histogram): number {
  const { from, to } = boundsOf(step)
  let before = 0
  let nearest = from
  for (const { value, count } of values) {
    if (value < from || value >= to) continue
    nearest = value
    before += count
    if (before >= place) return value
  }
  return nearest
}
