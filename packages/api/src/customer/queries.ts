import type { CustomerRow, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import { findFieldValues } from './field-values.ts'
import { type Customer, type CustomerTag, toCustomer } from './model.ts'
import { toOwner } from './owner.ts'
import { TAG_COLORS } from './schema.ts'

export type Db = Kysely<TenantTables>

/** Those of the ids that are customers, in their order. Three statements whatever their number. */
export async function getCustomers(db: Db, ids: readonly string[]): Promise<Customer[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('customers')
    .leftJoin('members as owner', 'owner.user_id', 'customers.owner_id')
    .selectAll('customers')
    .select(['owner.name as owner_name', 'owner.removed_at as owner_left_at'])
    .where('customers.id', 'in', ids)
    .execute()
  const tags = await findTagsOf(db, ids)
  const fields = await findFieldValues(db, ids)
  const byId = new Map(
    rows.map((row) => {
      const { owner_id, owner_name, owner_left_at } = row
      const owner = owner_id === null ? null : toOwner(owner_id, owner_name ?? '', owner_left_at)
      const more = { owner, tags: tags.get(row.id) ?? [], fields: fields.get(row.id) ?? {} }
      return [row.id, toCustomer(row, more)]
    }),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}

async function findTagsOf(db: Db, customerIds: readonly string[]): Promise<Map<string, CustomerTag[]>> {
  const rows = await db
    .selectFrom('customer_tags')
    .innerJoin('tags', 'tags.id', 'customer_tags.tag_id')
    .where('customer_tags.customer_id', 'in', customerIds)
    .select(['customer_tags.customer_id', 'tags.id', 'tags.name', 'tags.color'])
    .orderBy('tags.name')
    .execute()
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id)
  return new Map([...byCustomer].map(([id, tags]) => [id, tags.map(toTag)]))
}

export function toTag({ id, name, color }: { id: string; name: string; color: string }): CustomerTag {
  return { id, name, color: TAG_COLORS.find((known) => known === color) ?? 'gray' }
}

/** One customer, archived or not. NOT_FOUND if this tenant has none with the id. */
export async function getCustomer(db: Db, { id }: { id: string }): Promise<Customer> {
  const [customer] = await getCustomers(db, [id])
  if (!customer) throw unknownCustomer()
  return customer
}

/**
 * The same, and nobody else changes it before the transaction ends. CONFLICT with `details: { mergedInto }` for one that
 * has become part of another: nothing may be written where nobody looks.
 */
export async function getCustomerForUpdate(trx: Db, { id }: { id: string }): Promise<CustomerRow> {
  const row = await trx
    .selectFrom('customers')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw unknownCustomer()
  if (row.merged_into !== null) throw mergedAway(row.merged_into)
  return row
}

function mergedAway(mergedInto: string): DomainError {
  return new DomainError('CONFLICT', 'This customer has been merged with another. Open that one.', {
    details: { mergedInto },
  })
}

/** The customer whom this one is part of by now; without a merge, the same. */
export async function getSurvivorId(db: Db, { id }: { id: string }): Promise<string> {
  const row = await db.selectFrom('customers').select('merged_into').where('id', '=', id).executeTakeFirst()
  return row?.merged_into ? getSurvivorId(db, { id: row.merged_into }) : id
}

/** Everybody who has become part of this customer, directly or by way of another, and the customer. */
export async function listMergedIds(db: Db, { id }: { id: string }): Promise<string[]> {
  const all = [id]
  let latest = all
  while (latest.length > 0) {
    const rows = await db.selectFrom('customers').select('id').where('merged_into', 'in', latest).execute()
    latest = rows.map((row) => row.id)
    all.push(...latest)
  }
  return all
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

/** Whose way of writing phone numbers is meant where one has no country code: the business profile's. */
export async function getCountry(db: Db): Promise<string> {
  const profile = db.selectFrom('workspace_profile').select('country').where('id', '=', 1)
  return (await profile.executeTakeFirstOrThrow()).country
}

/** All tags by name. */
export async function listTags(db: Db): Promise<{ items: CustomerTag[] }> {
  const rows = await db.selectFrom('tags').select(['id', 'name', 'color']).orderBy('name').execute()
  return { items: rows.map(toTag) }
}
