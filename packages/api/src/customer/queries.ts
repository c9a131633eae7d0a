import type { CustomerRow, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import { type Customer, toCustomer } from './model.ts'

export type Db = Kysely<TenantTables>
type Tag = Customer['tags'][number]

/** Those of the ids that are customers, in their order. Two statements whatever their number. */
export async function getCustomers(db: Db, ids: readonly string[]): Promise<Customer[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('customers').selectAll().where('id', 'in', ids).execute()
  const tags = await findTagsOf(db, ids)
  const byId = new Map(rows.map((row) => [row.id, toCustomer(row, tags.get(row.id) ?? [])]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

async function findTagsOf(db: Db, customerIds: readonly string[]): Promise<Map<string, Tag[]>> {
  const rows = await db
    .selectFrom('customer_tags')
    .innerJoin('tags', 'tags.id', 'customer_tags.tag_id')
    .where('customer_tags.customer_id', 'in', customerIds)
    .select(['customer_tags.customer_id', 'tags.id', 'tags.name'])
    .orderBy('tags.name')
    .execute()
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id)
  return new Map(
    [...byCustomer].map(([id, tags]) => [id, tags.map((tag) => ({ id: tag.id, name: tag.name }))]),
  )
}

/** One customer, archived or not. NOT_FOUND if this tenant has none with the id. */
export async function getCustomer(db: Db, { id }: { id: string }): Promise<Customer> {
  const [customer] = await getCustomers(db, [id])
  if (!customer) throw unknownCustomer()
  return customer
}

/** The same, and nobody else changes it before the transaction ends. */
export async function getCustomerForUpdate(trx: Db, { id }: { id: string }): Promise<CustomerRow> {
  const row = await trx
    .selectFrom('customers')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw unknownCustomer()
  return row
}

function unknownCustomer(): DomainError {
  return new DomainError('NOT_FOUND', 'This customer cannot be found.')
}

/** The living customer who has this e-mail or phone. */
export async function findLiveCustomer(
  db: Db,
  { field, value }: { field: 'email' | 'phone'; value: string },
): Promise<{ id: string } | undefined> {
  const query = db.selectFrom('customers').select('id')
  if (field === 'phone') return query.where('live_phone', '=', value).executeTakeFirst()
  return query.where('live_email', '=', value.toLowerCase()).executeTakeFirst()
}

/** All tags by name. */
export async function listTags(db: Db): Promise<{ items: Tag[] }> {
  const items = await db.selectFrom('tags').select(['id', 'name']).orderBy('name').execute()
  return { items }
}
