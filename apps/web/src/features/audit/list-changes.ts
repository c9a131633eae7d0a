import type { AuditLine } from '@sarai/api'

/** What is written beside an act and has a name; `audit.detail` has a text for each. */
export const DETAILS = [
  'role',
  'permissions',
  'name',
  'invitedAs',
  'email',
  'endsAt',
  'fields',
  'sessions',
  'merged',
  'restored',
  'count',
  'isUndo',
  'tagsAdded',
  'tagsRemoved',
  'customers',
  'options',
  'required',
  'archived',
  'language',
  'timeZone',
  'weekStartsOn',
  'country',
  'acts',
  'when',
  'conditions',
  'isOn',
  'order',
  'from',
  'tenants',
  'failed',
] as const
export type Detail = (typeof DETAILS)[number]

/** For the machine alone. */
const HIDDEN = ['mergeId', 'color']

export interface ChangedDetail {
  key: string
  /** undefined: nothing was there, or nothing of it went. */
  from: unknown
  to: unknown
}

export function isKnownDetail(key: string): key is Detail {
  return DETAILS.some((known) => known === key)
}

/** What differs. Of a list that was changed, what went and what came. */
export function listChanges({ before, after }: Pick<AuditLine, 'before' | 'after'>): ChangedDetail[] {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...keys]
    .filter((key) => !HIDDEN.includes(key))
    .map((key) => difference(key, before?.[key], after?.[key]))
    .filter(({ from, to }) => from !== undefined || to !== undefined)
}

function difference(key: string, from: unknown, to: unknown): ChangedDetail {
  if (!Array.isArray(from) || !Array.isArray(to)) return { key, from: filled(from), to: filled(to) }
  return {
    key,
    from: filled(from.filter((each) => !to.includes(each))),
    to: filled(to.filter((each) => !from.includes(each))),
  }
}

function filled(value: unknown): unknown {
  return value === null || (Array.isArray(value) && value.length === 0) ? undefined : value
}
