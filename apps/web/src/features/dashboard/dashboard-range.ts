/** The usual choices; the middle one is not written into the address. */
export const RANGE_DAYS = [7, 30, 90] as const
export const RANGE_DAYS_DEFAULT = 30
/** As the server's DASHBOARD_DAYS_MAX and DASHBOARD_DATE_MIN, which a test compares; its schema would come with zod. */
export const CUSTOM_DAYS_MAX = 366
export const CUSTOM_DATE_MIN = '2015-01-01'
const DATE = /^\d{4}-\d\d-\d\d$/
const DAY_MS = 86_400_000

/** What the address says about the range. */
export interface DashboardUrl {
  days?: 7 | 90
  from?: string
  to?: string
}

/** The last days up to now, or the days from one date to another. */
export type DashboardRange = { days: number } | { from: string; to: string }

export function readDashboardUrl({ days, from, to }: Record<string, unknown>): DashboardUrl {
  if (typeof from === 'string' && typeof to === 'string' && isRange(from, to)) return { from, to }
  return days === 7 || days === 90 ? { days } : {}
}

export function toRange({ days, from, to }: DashboardUrl): DashboardRange {
  return from && to ? { from, to } : { days: days ?? RANGE_DAYS_DEFAULT }
}

export function isRange(from: string, to: string): boolean {
  if (!isDate(from) || !isDate(to) || from < CUSTOM_DATE_MIN) return false
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  return days >= 1 && days <= CUSTOM_DAYS_MAX
}

function isDate(text: string): boolean {
  if (!DATE.test(text) || Number.isNaN(Date.parse(text))) return false
  return new Date(text).toISOString().startsWith(text)
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The date on the wall of a zone: what a range of one's own begins with. */
export function dateIn(timeZone: string | undefined, at = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone }).format(at)
}
