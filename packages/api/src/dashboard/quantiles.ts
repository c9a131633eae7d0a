const HOUR = 3_600
const DAY = 24 * HOUR
/** Up to an hour in steps of ten seconds, up to a day in steps of five minutes, beyond in hours; as `countSteps` in SQL. */
const FIRST_OF_FIVE_MINUTES = HOUR / 10
const FIRST_OF_HOURS = FIRST_OF_FIVE_MINUTES + (DAY - HOUR) / 300
const SHARES = [0.5, 0.9] as const

/** How often each value occurred, the smallest first. */
export type Histogram = readonly { value: number; count: number }[]

/** Where a wanted value lies: in this step, as the so-manieth of it, beginning with 1. */
export interface Rank {
  step: number
  place: number
}

/** From `from` until before `to`, in seconds. */
export function boundsOf(step: number): { from: number; to: number } {
  if (step < FIRST_OF_FIVE_MINUTES) return { from: step * 10, to: step * 10 + 10 }
  if (step < FIRST_OF_HOURS) {
    const from = HOUR + (step - FIRST_OF_FIVE_MINUTES) * 300
    return { from, to: from + 300 }
  }
  const from = DAY + (step - FIRST_OF_HOURS) * HOUR
  return { from, to: from + HOUR }
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
