import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import type { ViewsOf } from '../view/list-views.ts'
import { requireNamedOwner } from './owner.ts'
import { CUSTOMER_COLUMNS, CustomerViewContent } from './schema.ts'

/** What can be saved of the list of customers, and who may do so for the team. */
export const CUSTOMER_VIEWS: ViewsOf<CustomerViewContent> = {
  kind: 'customer',
  content: CustomerViewContent,
  sharePermission: 'customer:configure',
  async requireNamed(db, { filter: { tagId, tags, owner, fields = [] }, columns = [] }) {
    const own = columns.filter((column) => !CUSTOMER_COLUMNS.some((known) => known === column))
    await requireAll(db, 'tags', [...(tagId === undefined ? [] : [tagId]), ...(tags?.ids ?? [])])
    await requireNamedOwner(db, owner)
    await requireAll(db, 'customer_fields', [...own, ...fields.map(({ id }) => id)])
  },
}

/** NOT_FOUND unless all of them are there, archived or not. */
export async function requireAll(
  db: Kysely<TenantTables>,
  table: 'tags' | 'customer_fields',
  ids: readonly string[],
): Promise<void> {
  const named = new Set(ids)
  if (named.size === 0) return
  const rows = await db
    .selectFrom(table)
    .select('id')
    .where('id', 'in', [...named])
    .execute()
  if (rows.length < named.size)
    throw new DomainError('NOT_FOUND', 'A tag or a field of this list does not exist any more.')
}
