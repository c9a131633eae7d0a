import { cutAtClockChanges, type Period, type Stretch } from './offsets.ts'

/** An hour of the week by the clock of a zone. */
export interface WeeklyHour {
  /** 0 is Monday. */
  weekday: number
  hour: number
  timeZone: string
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const WEEK_MS = 7 * DAY_MS
/** 5 January 1970. */
const A_MONDAY_MS = 4 * DAY_MS

/**
 * When, within a period, the clock on the wall shows that hour: once a week; twice where the clock is put back over it, not
 * at all where it jumps over it, for half of it where it is moved by half an hour. In order of time.
 */
export function listWeeklyHours(period: Period, at: WeeklyHour): Period[] {
  return cutAtClockChanges(at.timeZone, period).flatMap((stretch) => listEven(stretch, at))
}

/** By the hands of the clock, which run evenly here. */
function listEven({ from, to, offsetMinutes }: Stretch, { weekday, hour }: WeeklyHour): Period[] {
  const shift = offsetMinutes * MINUTE_MS
  const [begin, end] = [from.getTime() + shift, to.getTime() + shift]
  const week = Math.floor((begin - A_MONDAY_MS) / WEEK_MS) * WEEK_MS + A_MONDAY_MS
  const hours: Period[] = []
  for (let at = week + weekday * DAY_MS + hour * HOUR_MS; at < end; at += WEEK_MS) {
    const inside = { from: Math.max(at, begin), to: Math.min(at + HOUR_MS, end) }
    if (inside.from < inside.to)
      hours.push({ from: new Date(inside.from - shift), to: new Date(inside.to - shift) })
  }
  return hours
}
