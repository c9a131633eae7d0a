import { decodeCursor, encodeCursor } from '../cursor.ts'
import { ANYWHERE, cursorOf, findPage } from './find-page.ts'
import type { FilterOf } from './customer-filter.ts'
import type { Customer } from './model.ts'
import { type Db, getCustomers } from './queries.ts'
import { CUSTOMER_LIST_LIMIT_DEFAULT, type ListCustomersInput } from './schema.ts'

type ListOf = ListCustomersInput & Pick<FilterOf, 'userId' | 'ids' | 'exceptIds'>

/**
 * A page of customers with their tags, newest first unless told otherwise. A search finds those who have words that begin
 * as its words do; if there are none, those who have its text anywhere.
 */
export async function listCustomers(
  db: Db,
  input: ListOf,
): Promise<{ items: Customer[]; nextCursor: string | null }> {
  const { ids, nextCursor } = await findIds(db, input)
  return { items: await getCustomers(db, ids), nextCursor }
}

/** The same page as ids alone. */
export async function findIds(db: Db, input: ListOf): Promise<{ ids: string[]; nextCursor: string | null }> {
  const sort = input.sort ?? '-createdAt'
  const limit = input.limit ?? CUSTOMER_LIST_LIMIT_DEFAULT
  const after = input.cursor ? decodeCursor(input.cursor, sort, sort + ANYWHERE) : undefined
  const { rows, mark } = await findPage(db, { ...input, sort, limit: limit + 1, after })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    ids: page.map((row) => row.id),
    nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(last, { sort, mark })) : null,
  }
}
