import type { CustomerRow } from '@sarai/db'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Cursor, cursorDate } from '../cursor.ts'
import { beginsTerm, CANDIDATES_AFTER_WALK_MAX, CANDIDATES_MAX, chooseCandidates } from './candidates.ts'
import type { Db } from './queries.ts'
import { filterCustomers, type FilterOf } from './customer-filter.ts'
import type { ListCustomersInput } from './schema.ts'
import { isNothing, matchesAnywhere, matchesWords, readSearch } from './search.ts'

/** Marks the cursors of a list that was found in the middle of words, so that its next page is too. */
export const ANYWHERE = '~anywhere'
/** Rows that a search for a frequent word looks at in the order of the list before it looks at all of them. */
export const WALK_ROWS_MAX = 5_000

type Sort = NonNullable<ListCustomersInput['sort']>
const SORTED_BY = {
  name: { column: 'name', index: 'customers_name' },
  createdAt: { column: 'created_at', index: 'customers_created' },
  updatedAt: { column: 'updated_at', index: 'customers_updated' },
} as const

interface PageQuery extends FilterOf {
  sort: Sort
  limit: number
  after: Cursor | undefined
}
type Row = Pick<CustomerRow, 'id' | 'name' | 'created_at' | 'updated_at'> & { is_first: number }
interface Page {
  rows: Row[]
  mark: '' | typeof ANYWHERE
}

/** The ids of a page, in order, and what they are sorted by. */
export async function findPage(db: Db, query: PageQuery): Promise<Page> {
  const search = readSearch(query.search ?? '')
  const anywhere = matchesAnywhere(query.search ?? '')
  if (isNothing(search)) return { rows: await selectPage(db, query, {}), mark: '' }
  if (query.after?.sort.endsWith(ANYWHERE)) {
    return { rows: await selectPage(db, query, { where: anywhere }), mark: ANYWHERE }
  }
  const words = matchesWords(search)
  const few = await chooseCandidates(db, search, CANDIDATES_MAX)
  const met = few ? [] : await walk(db, query, words)
  if (met.length === query.limit) return { rows: met, mark: '' }
  const candidates = few ?? (await chooseCandidates(db, search, CANDIDATES_AFTER_WALK_MAX))
  if (candidates) {
    const rows = await selectPage(db, query, { where: words, candidates })
    if (rows.length > 0 || query.after) return { rows, mark: '' }
    return { rows: await selectPage(db, query, { where: anywhere }), mark: ANYWHERE }
  }
  if (query.after) return { rows: await selectPage(db, query, { where: words }), mark: '' }
  return scan(db, query, { words, anywhere })
}

/** Who has a frequent word is met soon, unless the order of the list has all of them at its end. */
async function walk(db: Db, query: PageQuery, where: Expression<SqlBool>): Promise<Row[]> {
  if (query.archived) return []
  const { column } = SORTED_BY[parseSort(query.sort).key]
  const until = await ordered(db, query, {})
    .clearSelect()
    .select(['customers.id', `customers.${column} as value`])
    .offset(WALK_ROWS_MAX - 1)
    .limit(1)
    .executeTakeFirst()
  return until ? selectPage(db, query, { where, until }) : []
}

/** Both in one reading of the table: who has the words, and if there is nobody, who has the text anywhere. */
async function scan(
  db: Db,
  query: PageQuery,
  { words, anywhere }: { words: Expression<SqlBool>; anywhere: Expression<SqlBool> },
): Promise<Page> {
  const where = sql<SqlBool>`(${words} OR ${anywhere})`
  const rows = await selectPage(db, query, { where, first: words })
  const withWords = rows.filter((row) => row.is_first === 1)
  return withWords.length > 0 ? { rows: withWords, mark: '' } : { rows, mark: ANYWHERE }
}

interface Way {
  where?: Expression<SqlBool>
  /** Beginnings of words, one of which every customer of the list has. */
  candidates?: readonly string[]
  /** Those who match this come before all others. */
  first?: Expression<SqlBool>
  /** The last row to look at, in the order of the list. */
  until?: Place
}

/** SELECT id, … WHERE …, the sort, the id ORDER BY … LIMIT n: no column that is not needed, for all rows may be looked at. */
async function selectPage(db: Db, query: PageQuery, way: Way): Promise<Row[]> {
  const filtered = way.where ? ordered(db, query, way).where(way.where) : ordered(db, query, way)
  return filtered.limit(query.limit).execute()
}

function ordered(db: Db, page: PageQuery, way: Way) {
  const { sort, after } = page
  const { key, isDescending } = parseSort(sort)
  const column = `customers.${SORTED_BY[key].column}` as const
  const direction = isDescending ? 'desc' : 'asc'
  const beyond = ({ value, id }: Place) => sql<SqlBool>`(${sql.ref(column)} ${sign(isDescending)} ${value}
    OR (${sql.ref(column)} = ${value} AND customers.id ${sign(isDescending)} ${id}))`
  let query = db
    .selectFrom(customersFor(way, page))
    .select(['customers.id', 'customers.name', 'customers.created_at', 'customers.updated_at'])
    .where((eb) => eb.and(filterCustomers(page)))
    .select(way.first ? sql<number>`${way.first}`.as('is_first') : sql<number>`1`.as('is_first'))
    .$if(way.first !== undefined, (sorted) => sorted.orderBy('is_first', 'desc'))
    .orderBy(column, direction)
    .orderBy('customers.id', direction)
  if (after)
    query = query.where(beyond({ ...after, value: key === 'name' ? after.value : cursorDate(after) }))
  return way.until ? query.where(sql<SqlBool>`NOT ${beyond(way.until)}`) : query
}

interface Place {
  value: string | Date
  id: string
}

function sign(isDescending: boolean) {
  return sql.raw(isDescending ? '<' : '>')
}

/**
 * Where a search begins: at the terms of its candidates, then each customer by its key; at the sort's index as far as a
 * walk goes; or at every row of the table and at no index, for in the order of one that costs five times as much as
 * reading the table and sorting what was found.
 */
function customersFor({ candidates, until, where }: Way, page: PageQuery) {
  if (candidates) {
    const begins = sql.join(candidates.map(beginsTerm), sql` OR `)
    return sql<CustomerRow>`(SELECT DISTINCT customer_id FROM customer_terms WHERE ${begins})`.as<'customers'>(
      sql`candidates STRAIGHT_JOIN customers ON customers.id = candidates.customer_id`,
    )
  }
  const { index } = SORTED_BY[parseSort(page.sort).key]
  if (until) return hinted(sql`FORCE INDEX (${sql.ref(index)})`)
  if (where) return hinted(sql`USE INDEX ()`)
  const behind = page.after ? findIndexBehind(page, index) : undefined
  return hinted(behind ? sql`FORCE INDEX (${sql.ref(behind)})` : sql``)
}

function hinted(hint: RawBuilder<unknown>) {
  return sql<CustomerRow>`customers`.as<'customers'>(sql`customers ${hint}`)
}

/**
 * The index in which a page that is not the first begins where the one before ended. Left to itself the server reads all
 * customers before it again, up to 200 ms among 100,000. undefined: a filter leads to few, or archived ones are asked for.
 */
function findIndexBehind(page: PageQuery, sorted: string): string | undefined {
  const { archived, tagId, tags, fields, ids, owner } = page
  if (archived || tagId || tags || fields?.length || ids) return undefined
  if (owner === undefined) return sorted
  const isOneOwner = owner !== 'anybody' && owner !== 'nobody'
  return isOneOwner && sorted === SORTED_BY.createdAt.index ? 'customers_owner' : undefined
}

function parseSort(sort: Sort): { key: keyof typeof SORTED_BY; isDescending: boolean } {
  const isDescending = sort.startsWith('-')
  return { key: (isDescending ? sort.slice(1) : sort) as keyof typeof SORTED_BY, isDescending }
}

/** Where a page ends that has this row last. */
export function cursorOf(row: Row, { sort, mark }: { sort: Sort; mark: Page['mark'] }): Cursor {
  const value = row[SORTED_BY[parseSort(sort).key].column]
  return { sort: sort + mark, value: value instanceof Date ? value.toISOString() : value, id: row.id }
}
