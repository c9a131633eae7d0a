/** An hour of the week by the clock of a zone; 0 is Monday. */
export interface WeeklyHour {
  weekday: number
  hour: number
  timeZone: string
}

/** From an address, such as `0-9-Asia/Karachi`. */
export function readWeekly(text: string): WeeklyHour {
  const [weekday, hour, ...zone] = text.split('-')
  return { weekday: Number(weekday), hour: Number(hour), timeZone: zone.join('-') }
}

export function writeWeekly({ weekday, hour, timeZone }: WeeklyHour): string {
  return `${weekday}-${hour}-${timeZone}`
}
