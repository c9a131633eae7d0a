import type { Random } from './random.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Both businesses are in Pakistan, which has no daylight saving. */
export const DEMO_TIME_ZONE = 'Asia/Karachi'
const OFFSET_MS = 5 * HOUR_MS
/** Sunday first. */
const WEEKDAY_WEIGHTS = [4, 10, 9, 9, 8, 5, 7]
/** By local hour: little at night, two humps around midday prayer. */
const HOUR_WEIGHTS = [1, 1, 0, 0, 0, 0, 1, 2, 4, 8, 11, 12, 9, 6, 8, 10, 11, 9, 8, 8, 7, 6, 4, 2]

/** A moment in the last days, when people of that place would write. */
export function drawMoment(random: Random, now: Date, days: number): Date {
  for (;;) {
    const daysAgo = Math.floor(random.next() ** 1.06 * days)
    const midnight = Math.floor((now.getTime() + OFFSET_MS) / DAY_MS) * DAY_MS - daysAgo * DAY_MS
    const weekday = new Date(midnight).getUTCDay()
    if (!random.chance((WEEKDAY_WEIGHTS[weekday] ?? 0) / 10)) continue
    const hour = random.weighted(HOUR_WEIGHTS)
    const at = midnight - OFFSET_MS + hour * HOUR_MS + random.int(0, HOUR_MS - 1)
    if (at < now.getTime()) return new Date(at)
  }
}

/** How long until the next line, by who writes it. Medians in minutes. */
export function drawPause(random: Random, by: 'customer' | 'agent' | 'note', isFirstReply: boolean): number {
  if (by === 'note') return random.logNormal(2, 0.5) * MINUTE_MS
  if (by === 'agent') return random.logNormal(isFirstReply ? 11 : 5, isFirstReply ? 1.2 : 0.9) * MINUTE_MS
  return random.logNormal(7, 1.3) * MINUTE_MS
}

export function drawResolutionPause(random: Random): number {
  return random.logNormal(45, 1.3) * MINUTE_MS
}

/** Tomorrow to six days ahead, at nine in the morning there. */
export function drawSnoozeEnd(random: Random, now: Date): Date {
  const midnight = Math.floor((now.getTime() + OFFSET_MS) / DAY_MS) * DAY_MS
  return new Date(midnight - OFFSET_MS + random.int(1, 6) * DAY_MS + 9 * HOUR_MS)
}
