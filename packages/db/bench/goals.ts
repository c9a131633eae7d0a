/** A number that was promised, and what was measured. */
export interface Goal {
  what: string
  measured: number
  /** What it must not exceed, or not fall below. */
  atMost?: number
  atLeast?: number
  unit: string
}

export interface Judgement extends Goal {
  isMet: boolean
  /** How far from the bound, as a share of it; of a bound that is 0, the value itself. Negative if missed. */
  distance: number
}

export function judge(goal: Goal): Judgement {
  const distance = distanceOf(goal)
  return { ...goal, isMet: distance >= 0, distance }
}

function distanceOf({ what, measured, atMost, atLeast }: Goal): number {
  const bound = atMost ?? atLeast
  if (bound === undefined || Number.isNaN(measured)) throw new RangeError(`${what}: nothing to compare`)
  const toBound = atMost === undefined ? measured - bound : bound - measured
  return bound === 0 ? toBound : toBound / Math.abs(bound)
}

export function describeBound({ atMost, atLeast, unit }: Goal): string {
  return atMost === undefined ? `≥ ${withUnit(atLeast ?? 0, unit)}` : `≤ ${withUnit(atMost, unit)}`
}

export function describeDistance({ isMet, distance, atMost, atLeast, unit }: Judgement): string {
  const isZeroBound = (atMost ?? atLeast) === 0
  const amount = isZeroBound
    ? withUnit(Math.abs(distance), unit)
    : `${(Math.abs(distance) * 100).toFixed(0)} %`
  if (!isMet) return `missed by ${amount}`
  return isZeroBound ? 'met' : `met, ${amount} to spare`
}

export function withUnit(value: number, unit: string): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 1_000 ? 0 : Math.abs(value) < 10 ? 2 : 1
  const text = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return unit === '' ? text : `${text} ${unit}`
}
