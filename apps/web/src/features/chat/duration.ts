export const DURATION_UNITS = ['minute', 'hour', 'day'] as const
export type DurationUnit = (typeof DURATION_UNITS)[number]

export const UNIT_MINUTES: Record<DurationUnit, number> = { minute: 1, hour: 60, day: 24 * 60 }

/** In the largest unit that divides it: 90 minutes, but 2 hours. */
export function toDuration(minutes: number): { count: number; unit: DurationUnit } {
  const unit = DURATION_UNITS.findLast((each) => minutes % UNIT_MINUTES[each] === 0) ?? 'minute'
  return { count: minutes / UNIT_MINUTES[unit], unit }
}

/** What somebody typed, in minutes; undefined: no whole number from 1 to the most there may be. */
export function readDuration(text: string, unit: DurationUnit, minutesMax: number): number | undefined {
  const minutes = Number(text) * UNIT_MINUTES[unit]
  return Number.isInteger(Number(text)) && minutes >= 1 && minutes <= minutesMax ? minutes : undefined
}
