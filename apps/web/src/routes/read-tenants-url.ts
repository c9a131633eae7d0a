import { readSearchText } from './read-search-text.ts'

const STATES = ['active', 'suspended', 'archived', 'migrating', 'provisioning'] as const
const COLUMNS = ['key', 'size', 'activity', 'written', 'load', 'schema', 'created'] as const
type Column = (typeof COLUMNS)[number]

/** What the list of tenants is narrowed and sorted by; left out: everything, by key. */
export interface TenantsUrl {
  search?: string
  state?: (typeof STATES)[number]
  /** Those alone whose schema is older than the newest one. */
  behind?: true
  by?: Column | `-${Column}`
}

/** What the address says of it. What nobody knows is passed over. */
export function readTenantsUrl(url: Record<string, unknown>): TenantsUrl {
  const search = readSearchText(url['search'])
  const state = STATES.find((each) => each === url['state'])
  const by = COLUMNS.flatMap((column) => [column, `-${column}`] as const).find((each) => each === url['by'])
  return {
    ...(search && { search }),
    ...(state && { state }),
    ...(url['behind'] === true && { behind: true as const }),
    ...(by && by !== 'key' && { by }),
  }
}
