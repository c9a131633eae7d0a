import { foldText } from '@sarai/db'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { containsText } from '../like.ts'
import type { CustomerFilter, FieldFilter } from './schema.ts'

/** A filter with who asks: what is `me` to them. */
export interface FilterOf extends CustomerFilter {
  userId: string
  /** Of those the filter finds, these alone, or all but those. */
  ids?: readonly string[] | undefined
  exceptIds?: readonly string[] | undefined
}

/** What each filter that is set asks of a row of `customers`; all of it has to hold. */
export function filterCustomers(filter: FilterOf): Expression<SqlBool>[] {
  const { tagId, tags, hasEmail, hasPhone, company, createdFrom, createdTo, fields = [] } = filter
  const conditions = [sql<SqlBool>`customers.archived_at IS ${isNotNull(filter.archived ?? false)} NULL`]
  // A customer who has become part of another is archived too, and found as that other alone.
  if (filter.archived) conditions.push(sql`customers.merged_into IS NULL`)
  if (filter.ids) conditions.push(sql`customers.id IN (${sql.join(filter.ids)})`)
  if (filter.exceptIds?.length) conditions.push(sql`customers.id NOT IN (${sql.join(filter.exceptIds)})`)
  if (tagId !== undefined) conditions.push(hasOneOf([tagId]))
  if (tags)
    conditions.push(...(tags.match === 'all' ? tags.ids.map((id) => hasOneOf([id])) : [hasOneOf(tags.ids)]))
  if (filter.owner !== undefined) conditions.push(hasOwner(filter.owner, filter.userId))
  if (hasEmail !== undefined) conditions.push(sql`customers.email IS ${isNotNull(hasEmail)} NULL`)
  if (hasPhone !== undefined) conditions.push(sql`customers.phone IS ${isNotNull(hasPhone)} NULL`)
  if (company !== undefined && foldText(company) !== '')
    conditions.push(sql`${containsText(['customers.folded_company'], foldText(company))}`)
  if (createdFrom !== undefined) conditions.push(sql`customers.created_at >= ${new Date(createdFrom)}`)
  if (createdTo !== undefined) conditions.push(sql`customers.created_at < ${new Date(createdTo)}`)
  return [...conditions, ...fields.map(hasValue)]
}

function isNotNull(is: boolean): RawBuilder<unknown> {
  return is ? sql`NOT` : sql``
}

function hasOwner(owner: string, userId: string): RawBuilder<SqlBool> {
  if (owner === 'anybody' || owner === 'nobody')
    return sql`customers.owner_id IS ${isNotNull(owner === 'anybody')} NULL`
  return sql`customers.owner_id = ${owner === 'me' ? userId : owner}`
}

function hasOneOf(tagIds: readonly string[]): RawBuilder<SqlBool> {
  return sql`customers.id IN (SELECT customer_id FROM customer_tags WHERE tag_id IN (${sql.join(tagIds)}))`
}

/** Numbers are compared as numbers, dates and texts as they are written. */
function hasValue({ id, is, from, to }: FieldFilter): RawBuilder<SqlBool> {
  const conditions = [sql`field_id = ${id}`]
  if (is !== undefined) conditions.push(sql`value = ${String(is)}`)
  if (from !== undefined) conditions.push(sql`${comparable(from)} >= ${from}`)
  if (to !== undefined) conditions.push(sql`${comparable(to)} <= ${to}`)
  const where = sql.join(conditions, sql` AND `)
  return sql`customers.id IN (SELECT customer_id FROM customer_field_values WHERE ${where})`
}

function comparable(bound: string | number): RawBuilder<unknown> {
  return typeof bound === 'number' ? sql`CAST(value AS DOUBLE)` : sql`value`
}
