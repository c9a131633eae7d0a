import type { Range } from './model.ts'
import { DASHBOARD_DAYS_DEFAULT } from './schema.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** From `from` until before `to`. */
export interface Period {
  from: Date
  to: Date
}

export interface ComparedPeriod extends Period {
  days: number
  /** As long, ending where this one would have ended that many days earlier. */
  before: Period
}

/** The last days up to `now`, today included; days begin at midnight UTC until tenants have a time zone. */
export function lastDays(days = DASHBOARD_DAYS_DEFAULT, now = new Date()): ComparedPeriod {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  const from = midnight - (days - 1) * DAY_MS
  const lengthMs = days * DAY_MS
  return {
    days,
    from: new Date(from),
    to: now,
    before: { from: new Date(from - lengthMs), to: new Date(now.getTime() - lengthMs) },
  }
}

/** `2026-11-23` for every day of the period. */
export function datesOf({ from, days }: ComparedPeriod): string[] {
  return Array.from({ length: days }, (_, index) =>
    new Date(from.getTime() + index * DAY_MS).toISOString().slice(0, 10),
  )
}

export function toRange({ days, from, to }: ComparedPeriod): Range {
  return { days, from: from.toISOString(), to: to.toISOString(), timeZone: 'UTC' }
}
