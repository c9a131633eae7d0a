import { z } from 'zod'
import { TimeZone } from '../tenant/schema.ts'

/** An hour of every week is asked for over so many days: a year by the clock of any zone. */
export const WEEKLY_DAYS_MAX = 367
const DAY_MS = 86_400_000

/** An hour of the week by the clock of a zone; 0 is Monday. */
const WeeklyHour = z.strictObject({
  weekday: z.int().min(0).max(6),
  hour: z.int().min(0).max(23),
  timeZone: TimeZone,
})

/** From `from` until before `to`; with `weekly` only that hour of each week. To be checked with `isWeeklyInBounds`. */
export const Within = z.strictObject({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  weekly: WeeklyHour.optional(),
})

export function isWeeklyInBounds({ from, to, weekly }: z.infer<typeof Within>): boolean {
  return !weekly || Date.parse(to) - Date.parse(from) <= WEEKLY_DAYS_MAX * DAY_MS
}
