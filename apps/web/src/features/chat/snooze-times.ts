import { SNOOZE_DAYS_MAX } from '@sarai/api/chat/schema'
import { fromWall, ownTimeZone, toWall } from '../../lib/zone-clock.ts'

export type SnoozeChoice = 'inOneHour' | 'thisEvening' | 'tomorrow' | 'nextMonday' | 'inOneWeek'

const DAY_MS = 24 * 60 * 60 * 1000
const MORNING_HOUR = 9
const EVENING_HOUR = 18
/** "This evening" is only offered while it is at least this far away. */
const EVENING_AHEAD_MIN_MS = 2 * 60 * 60 * 1000
const MONDAY = 1
const DAYS_IN_WEEK = 7

/** The moments that something can wait for, soonest first, by the clock of a time zone. */
export function listSnoozeTimes(
  now: Date,
  timeZone = ownTimeZone(),
): { choice: SnoozeChoice; until: Date }[] {
  const today = toWall(now, timeZone)
  const atHour = (daysAhead: number, hour: number) => fromWall(withHour(today, daysAhead, hour), timeZone)
  const evening = atHour(0, EVENING_HOUR)
  const daysToMonday = (MONDAY - today.getUTCDay() + DAYS_IN_WEEK) % DAYS_IN_WEEK || DAYS_IN_WEEK
  return [
    { choice: 'inOneHour' as const, until: new Date(now.getTime() + 60 * 60 * 1000) },
    ...(evening.getTime() - now.getTime() >= EVENING_AHEAD_MIN_MS
      ? [{ choice: 'thisEvening' as const, until: evening }]
      : []),
    { choice: 'tomorrow' as const, until: atHour(1, MORNING_HOUR) },
    // On a Sunday, Monday is tomorrow; said once is enough.
    ...(daysToMonday > 1
      ? [{ choice: 'nextMonday' as const, until: atHour(daysToMonday, MORNING_HOUR) }]
      : []),
    ...(daysToMonday < DAYS_IN_WEEK
      ? [{ choice: 'inOneWeek' as const, until: atHour(DAYS_IN_WEEK, MORNING_HOUR) }]
      : []),
  ]
}

function withHour(wall: Date, daysAhead: number, hour: number): Date {
  return new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate() + daysAhead, hour))
}

/** What a field of day and time begins with: tomorrow morning. */
export function suggestSnoozeTime(now: Date, timeZone = ownTimeZone()): string {
  return toFieldText(withHour(toWall(now, timeZone), 1, MORNING_HOUR))
}

/** `2026-11-23T09:00`, as such a field has it. */
export function toTimeField(at: Date, timeZone: string): string {
  return toFieldText(toWall(at, timeZone))
}

/** What somebody chose, or why it cannot be. */
export function readSnoozeTime(
  text: string,
  now: Date,
  timeZone = ownTimeZone(),
): Date | 'chooseMissing' | 'choosePast' | 'chooseTooFar' {
  const wall = new Date(`${text}Z`)
  if (Number.isNaN(wall.getTime())) return 'chooseMissing'
  const until = fromWall(wall, timeZone)
  const aheadMs = until.getTime() - now.getTime()
  if (aheadMs <= 0) return 'choosePast'
  return aheadMs > SNOOZE_DAYS_MAX * DAY_MS ? 'chooseTooFar' : until
}

function toFieldText(wall: Date): string {
  return wall.toISOString().slice(0, 16)
}
