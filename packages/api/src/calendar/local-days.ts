import { Temporal } from 'temporal-polyfill'
import { cutAtClockChanges, type Period, type Stretch } from './offsets.ts'

export interface LocalDay extends Period {
  /** `2026-11-23` */
  date: string
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Clocks are at most 14 hours from UTC, and one has moved by a day. */
const AROUND_MS = 2 * DAY_MS

/** The date on the wall of a zone. */
export function dateAt(timeZone: string, at: Date): string {
  return zoned(timeZone, at).toPlainDate().toString()
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)
}

/** How many days from one date to another; negative if it lies before. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS
}

/** The same time of day so many days earlier, whatever the clocks did in between. */
export function sameTimeBefore(timeZone: string, at: Date, days: number): Date {
  return new Date(zoned(timeZone, at).subtract({ days }).epochMilliseconds)
}

/** The days from the first to the last that the zone has had: Samoa had no 30 December 2011. */
export function listDays(timeZone: string, first: string, last: string): LocalDay[] {
  const dates = Array.from({ length: daysBetween(first, last) + 2 }, (_, index) => addDays(first, index))
  const stretches = cutAtClockChanges(timeZone, {
    from: new Date(Date.parse(first) - AROUND_MS),
    to: new Date(Date.parse(last) + AROUND_MS),
  })
  const starts = dates.map((date) => findStart(date, stretches) ?? startOfDay(timeZone, date))
  return dates.slice(0, -1).flatMap((date, index) => {
    const [from, to] = [starts[index], starts[index + 1]]
    return from && to && from < to ? { date, from, to } : []
  })
}

/** Midnight by arithmetic, the first of two if the clock was put back over it. undefined: it was jumped over. */
function findStart(date: string, stretches: readonly Stretch[]): Date | undefined {
  const midnights = stretches.map((stretch) => {
    const at = new Date(Date.parse(date) - stretch.offsetMinutes * MINUTE_MS)
    return at >= stretch.from && at < stretch.to ? at : undefined
  })
  return midnights.find((at) => at !== undefined)
}

/** When a day begins: not at midnight where the clock jumps over it; where a whole day was skipped, with the next. */
export function startOfDay(timeZone: string, date: string): Date {
  const { epochMilliseconds } = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone }).startOfDay()
  return new Date(epochMilliseconds)
}

function zoned(timeZone: string, at: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
}
