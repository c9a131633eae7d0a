export interface BusyHour {
  /** 0 is Monday. */
  weekday: number
  hour: number
  messages: number
}

const HOURS_OF_DAY = 24

/** By weekday, Monday first, and hour of the business's clock. */
export function toWeek(items: readonly BusyHour[]): number[][] {
  const week = Array.from({ length: 7 }, () => Array.from({ length: HOURS_OF_DAY }, () => 0))
  for (const { weekday, hour, messages } of items) {
    const day = week[weekday]
    if (day) day[hour] = messages
  }
  return week
}

/** The weekdays as a week that begins with this one. */
export function weekdaysFrom(weekStartsOn: number): number[] {
  return Array.from({ length: 7 }, (_, index) => (weekStartsOn + index) % 7)
}

/** Five steps, so that the eye can name them; 0 only for nothing at all. */
export function levelOf(messages: number, max: number): 0 | 1 | 2 | 3 | 4 {
  if (messages === 0 || max === 0) return 0
  const share = messages / max
  if (share > 0.75) return 4
  if (share > 0.5) return 3
  return share > 0.25 ? 2 : 1
}

export function findBusiest(
  week: readonly number[][],
): { weekday: number; hour: number; messages: number } | null {
  let busiest: { weekday: number; hour: number; messages: number } | null = null
  for (const [weekday, hours] of week.entries()) {
    for (const [hour, messages] of hours.entries()) {
      if (messages > (busiest?.messages ?? 0)) busiest = { weekday, hour, messages }
    }
  }
  return busiest
}
