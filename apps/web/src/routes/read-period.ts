const ID = /^[0-9a-f-]{36}$/i
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** The instants between which an address says that something happened; nothing if they are no instants. */
export function readPeriod(url: Record<string, unknown>): { from: string; to: string } | undefined {
  const { from, to } = url
  return isInstant(from) && isInstant(to) ? { from, to } : undefined
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value))
}

const DAY = /^\d{4}-\d\d-\d\d$/

/** A day of the calendar; nothing if there is no such day. */
export function readDay(value: unknown): string | undefined {
  if (typeof value !== 'string' || !DAY.test(value) || Number.isNaN(Date.parse(value))) return undefined
  return new Date(value).toISOString().startsWith(value) ? value : undefined
}

export function readId(value: unknown): string | undefined {
  return typeof value === 'string' && ID.test(value) ? value : undefined
}
