import type { SearchMessagesInput } from '@sarai/api'
import { fromWall } from '../../lib/zone-clock.ts'

/** What the search among messages is narrowed by; all of it is in the address, and all that is there has to be true. */
export interface FoundFilter {
  /** Left out: whoever wrote it. Otherwise all customers, all of the team, or the member with this id. */
  by?: 'customers' | 'team' | (string & {})
  /** The first day, as the calendar of the business has it. */
  since?: string
  /** The last one. */
  until?: string
  /** Left out: both. */
  kind?: 'messages' | 'notes'
  /** In the open conversation alone. */
  here?: true
}

/** What can be taken away by itself. */
export const FOUND_PARTS = ['by', 'when', 'kind', 'here'] as const
export type FoundPart = (typeof FOUND_PARTS)[number]

const NAMES = {
  by: ['by'],
  when: ['since', 'until'],
  kind: ['kind'],
  here: ['here'],
} as const satisfies Record<FoundPart, readonly (keyof FoundFilter)[]>

const DAY_MS = 86_400_000

export function withoutFoundFilter<Search extends FoundFilter>(
  search: Search,
): Omit<Search, keyof FoundFilter> {
  const { by: _by, since: _since, until: _until, kind: _kind, here: _here, ...others } = search
  return others
}

/** The filter alone, of an address that says more. */
export function readFoundFilter({ by, since, until, kind, here }: FoundFilter): FoundFilter {
  return {
    ...(by && { by }),
    ...(since && { since }),
    ...(until && { until }),
    ...(kind && { kind }),
    ...(here && { here }),
  }
}

export function listParts(filter: FoundFilter): FoundPart[] {
  return FOUND_PARTS.filter((part) => NAMES[part].some((name) => filter[name] !== undefined))
}

export function withoutPart(filter: FoundFilter, part: FoundPart): FoundFilter {
  const left = { ...filter }
  for (const name of NAMES[part]) delete left[name]
  return left
}

/** A search as the page has it. */
export interface AskedSearch {
  text: string
  filter: FoundFilter
  conversationId: string | undefined
  timeZone: string
}

/** As the server is asked. Days in the wrong order mean the same as in the right one. */
export function toSearchInput({ text, filter, conversationId, timeZone }: AskedSearch): SearchMessagesInput {
  const { by, kind, here } = filter
  const [since, until] =
    filter.since && filter.until && filter.since > filter.until
      ? [filter.until, filter.since]
      : [filter.since, filter.until]
  const startOf = (day: string, later = 0) =>
    fromWall(new Date(Date.parse(day) + later), timeZone).toISOString()
  return {
    search: text,
    ...(by === 'customers' && { authorKind: 'customer' }),
    ...(by === 'team' && { authorKind: 'agent' }),
    ...(by && by !== 'customers' && by !== 'team' && { authorId: by }),
    ...(since && { from: startOf(since) }),
    ...(until && { to: startOf(until, DAY_MS) }),
    ...(kind && { private: kind === 'notes' }),
    ...(here && conversationId !== undefined && { conversationId }),
  }
}

/** The day on which it is now there. */
export function today(timeZone: string, now = new Date()): string {
  // The only one of the usual forms that begins with the year.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now)
}

export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, day.length)
}
