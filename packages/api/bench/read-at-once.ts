import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { ExportPage } from '../src/customer/export-customers.ts'
import { toCustomer } from '../src/customer/model.ts'
import { toOwner } from '../src/customer/owner.ts'
import { toTag } from '../src/customer/queries.ts'

/** What one would write first: all customers by one query, their tags by another. The tenant of the benchmark has no fields of its own. */
export async function readAtOnce(db: Kysely<TenantTables>): Promise<ExportPage> {
  const rows = await db
    .selectFrom('customers')
    .leftJoin('members as owner', 'owner.user_id', 'customers.owner_id')
    .selectAll('customers')
    .select(['owner.name as owner_name', 'owner.removed_at as owner_left_at'])
    .where('customers.archived_at', 'is', null)
    .orderBy('customers.created_at', 'desc')
    .orderBy('customers.id', 'desc')
    .execute()
  const tagRows = await db
    .selectFrom('customer_tags')
    .innerJoin('tags', 'tags.id', 'customer_tags.tag_id')
    .select(['customer_tags.customer_id', 'tags.id', 'tags.name', 'tags.color'])
    .orderBy('tags.name')
    .execute()
  const tags = Map.groupBy(tagRows, (row) => row.customer_id)
  const items = rows.map((row) => {
    const { owner_id, owner_name, owner_left_at } = row
    const owner = owner_id === null ? null : toOwner(owner_id, owner_name ?? '', owner_left_at)
    return toCustomer(row, { owner, tags: (tags.get(row.id) ?? []).map(toTag), fields: {} })
  })
  return { items, nextCursor: null }
}
