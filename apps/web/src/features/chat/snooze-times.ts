import { SNOOZE_DAYS_MAX } from '@sarai/api/chat/schema'

export type SnoozeChoice = 'inOneHour' | 'thisEvening' | 'tomorrow' | 'nextMonday' | 'inOneWeek'

const DAY_MS = 24 * 60 * 60 * 1000
const MORNING_HOUR = 9
const EVENING_HOUR = 18
/** "This evening" is only offered while it is at least this far away. */
const EVENING_AHEAD_MIN_MS = 2 * 60 * 60 * 1000
const MONDAY = 1
const DAYS_IN_WEEK = 7

/** The moments a conversation can sleep until, soonest first, in the person's own time zone. */
export function listSnoozeTimes(now: Date): { choice: SnoozeChoice; until: Date }[] {
  const evening = atHour(now, 0, EVENING_HOUR)
  const daysToMonday = (MONDAY - now.getDay() + DAYS_IN_WEEK) % DAYS_IN_WEEK || DAYS_IN_WEEK
  return [
    { choice: 'inOneHour' as const, until: new Date(now.getTime() + 60 * 60 * 1000) },
    ...(evening.getTime() - now.getTime() >= EVENING_AHEAD_MIN_MS
      ? [{ choice: 'thisEvening' as const, until: evening }]
      : []),
    { choice: 'tomorrow' as const, until: atHour(now, 1, MORNING_HOUR) },
    // On a Sunday, Monday is tomorrow; said once is enough.
    ...(daysToMonday > 1
      ? [{ choice: 'nextMonday' as const, until: atHour(now, daysToMonday, MORNING_HOUR) }]
      : []),
    ...(daysToMonday < DAYS_IN_WEEK
      ? [{ choice: 'inOneWeek' as const, until: atHour(now, DAYS_IN_WEEK, MORNING_HOUR) }]
      : []),
  ]
}

function atHour(now: Date, daysAhead: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysAhead, hour)
}

/** What a field of day and time begins with: tomorrow morning. */
export function suggestSnoozeTime(now: Date): string {
  return toLocalText(atHour(now, 1, MORNING_HOUR))
}

/** What somebody chose, or why it cannot be. */
export function readSnoozeTime(
  text: string,
  now: Date,
): Date | 'chooseMissing' | 'choosePast' | 'chooseTooFar' {
  const until = new Date(text)
  const aheadMs = until.getTime() - now.getTime()
  if (Number.isNaN(aheadMs)) return 'chooseMissing'
  if (aheadMs <= 0) return 'choosePast'
  return aheadMs > SNOOZE_DAYS_MAX * DAY_MS ? 'chooseTooFar' : until
}

/** `2026-11-23T09:00`, on the person's own clock. */
function toLocalText(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
