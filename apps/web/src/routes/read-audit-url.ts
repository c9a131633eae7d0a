import { readId } from './read-period.ts'

/** What an address says of the audit log: who, what, which thing, between which days. */
export interface AuditUrl {
  who?: string
  /** An action (`role.created`), or what it is done to (`role`). */
  what?: string
  thing?: string
  from?: string
  to?: string
}

const DAY = /^\d{4}-\d\d-\d\d$/
const WHAT = /^[a-z.-]{1,64}$/

export function readAuditUrl(url: Record<string, unknown>): AuditUrl {
  const { what, from, to } = url
  const who = url['who'] === 'system' ? 'system' : readId(url['who'])
  const thing = readId(url['thing'])
  return {
    ...(who && { who }),
    ...(typeof what === 'string' && WHAT.test(what) && { what }),
    ...(thing && { thing }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
  }
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value))
}
