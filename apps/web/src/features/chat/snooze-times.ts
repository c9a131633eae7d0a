export type SnoozeChoice = 'inOneHour' | 'thisEvening' | 'tomorrow' | 'nextMonday' | 'inOneWeek'

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
