import type { CustomersSearch, OwnFilter } from './customer-queries.ts'

/** What the dialog changes; the search, the owner, the archive and the order are the bar's. */
export type FilterDraft = Pick<CustomersSearch, 'tags' | 'match' | 'company' | 'from' | 'to' | 'own'> & {
  /** undefined: either way. */
  email?: boolean | undefined
  phone?: boolean | undefined
}

export function toDraft(search: CustomersSearch): FilterDraft {
  const { search: _text, tag: _tag, owner: _owner, archived: _archived, ...rest } = search
  const { sort: _sort, columns: _columns, view: _view, ...draft } = rest
  return draft
}

/** The list's address with these filters in place of those it had; what says nothing is left out. */
export function withDraft(search: CustomersSearch, draft: FilterDraft): CustomersSearch {
  const { tags = [], match, email, phone, company = '', from, to, own = [] } = draft
  const set = own.filter(
    ({ is, from: low, to: high }) => is !== undefined || low !== undefined || high !== undefined,
  )
  return {
    ...withoutFilters(search),
    ...(tags.length > 0 && { tags, ...(match && { match }) }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(company.trim() && { company: company.trim() }),
    ...(from && { from }),
    ...(to && { to }),
    ...(set.length > 0 && { own: set }),
  }
}

export function withoutFilters({
  view,
  search,
  tag,
  owner,
  archived,
  columns,
  sort,
}: CustomersSearch): CustomersSearch {
  return {
    ...(view && { view }),
    ...(search && { search }),
    ...(tag && { tag }),
    ...(owner && { owner }),
    ...(archived && { archived }),
    ...(columns && { columns }),
    ...(sort && { sort }),
  }
}

export function countFilters(search: CustomersSearch): number {
  const { own = [], match: _match, ...others } = toDraft(search)
  return Object.keys(others).length + own.length
}

/** With this field's filter in place of the one it had. */
export function withOwn(own: readonly OwnFilter[], changed: OwnFilter): OwnFilter[] {
  return [...own.filter(({ id }) => id !== changed.id), changed]
}
