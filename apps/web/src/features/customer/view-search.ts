import type { CustomerViewContent } from '@sarai/api/customer/schema'
import { DEFAULT_SORT } from './customer-lists.ts'
import { type CustomersSearch, type OwnFilter, toFilter } from './customer-queries.ts'

/** A list that somebody saved, as the address needs it. */
export interface View {
  id: string
  content: CustomerViewContent
}

/** What is saved of the list, and exported: as the server takes it. */
export function toContent(search: CustomersSearch): CustomerViewContent {
  const { sort, ...filter } = toFilter(search)
  const { columns } = search
  return { filter, ...(sort && { sort }), ...(columns && { columns }) }
}

/** The address of a view as it is saved. */
export function toSearch({ id, content }: View): CustomersSearch {
  const { search, tagId, tags, owner, hasEmail, hasPhone, company, archived, fields } = content.filter
  const { sort, columns } = content
  return {
    view: id,
    ...(search && { search }),
    ...(tagId && { tag: tagId }),
    ...(tags && { tags: tags.ids, ...(tags.match === 'all' && { match: 'all' as const }) }),
    ...(owner && { owner }),
    ...(hasEmail !== undefined && { email: hasEmail }),
    ...(hasPhone !== undefined && { phone: hasPhone }),
    ...(company && { company }),
    ...toPeriod(content.filter),
    ...(fields && { own: fields as OwnFilter[] }),
    ...(archived && { archived: true as const }),
    ...(columns && { columns }),
    ...(sort && sort !== DEFAULT_SORT && { sort }),
  }
}

/** Whole days of the reader's where they are some; a period of another clock stays as it is, if it has both ends. */
function toPeriod({
  createdFrom,
  createdTo,
}: CustomerViewContent['filter']): Pick<CustomersSearch, 'from' | 'to'> {
  const ends = [createdFrom, createdTo].filter((end) => end !== undefined)
  if (ends.length === 2 && !ends.every(isMidnight)) return { from: ends[0] ?? '', to: ends[1] ?? '' }
  return {
    ...(createdFrom && { from: dayOf(createdFrom, 0) }),
    ...(createdTo && { to: dayOf(createdTo, 1) }),
  }
}

function isMidnight(instant: string): boolean {
  const at = new Date(instant)
  return at.getHours() === 0 && at.getMinutes() === 0 && at.getSeconds() === 0 && at.getMilliseconds() === 0
}

function dayOf(instant: string, daysEarlier: number): string {
  const at = new Date(instant)
  at.setDate(at.getDate() - daysEarlier)
  const [month, day] = [at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${at.getFullYear()}-${month}-${day}`
}
