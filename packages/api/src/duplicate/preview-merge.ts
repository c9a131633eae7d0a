import type { Customer } from '../customer/model.ts'
import { type Db, getCustomers } from '../customer/queries.ts'
import type { MergePreview } from './model.ts'
import { mergedAlready, unknownCustomers } from './refusals.ts'
import type { MERGED_DETAILS, PreviewMergeInput } from './schema.ts'

/** What a merge would be. NOT_FOUND if one of them is no customer, CONFLICT if one is part of another by now. */
export async function previewMerge(db: Db, { ids }: PreviewMergeInput): Promise<MergePreview> {
  const distinct = [...new Set(ids)]
  const customers = await getCustomers(db, distinct)
  if (customers.length < distinct.length) throw unknownCustomers()
  const gone = customers.find(({ mergedInto }) => mergedInto !== null)
  if (gone) throw mergedAlready({ id: gone.id, mergedInto: gone.mergedInto })
  const conversations = await countConversations(db, distinct)
  const notes = await countNotes(db, distinct)
  return {
    customers: customers.map((customer) => ({
      ...customer,
      conversationsCount: conversations.get(customer.id) ?? 0,
      notesCount: notes.get(customer.id) ?? 0,
    })),
    ...suggest(customers),
  }
}

async function countConversations(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('conversations')
    .where('customer_id', 'in', ids)
    .where('merged_into', 'is', null)
    .select((eb) => ['customer_id', eb.fn.countAll<number>().as('count')])
    .groupBy('customer_id')
    .execute()
  return new Map(rows.map(({ customer_id, count }) => [customer_id, Number(count)]))
}

async function countNotes(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('customer_notes')
    .where('customer_id', 'in', ids)
    .where('deleted_at', 'is', null)
    .select((eb) => ['customer_id', eb.fn.countAll<number>().as('count')])
    .groupBy('customer_id')
    .execute()
  return new Map(rows.map(({ customer_id, count }) => [customer_id, Number(count)]))
}

/**
 * The best choice: who is not archived and known longest stays, and of each value the one that says most: one that is
 * there before none, the longer before the shorter about people, the one changed last where both are as good.
 */
export function suggest(
  customers: readonly Customer[],
): Pick<MergePreview, 'survivor' | 'details' | 'fields'> {
  const survivor = best(customers, (customer) => [
    Number(customer.archivedAt === null),
    -timeOf(customer.createdAt),
  ])
  const ofDetail = (detail: (typeof MERGED_DETAILS)[number]) =>
    best(customers, (customer, at) => [
      Number(customer[detail] !== null && !(detail === 'owner' && customer.owner?.hasLeft)),
      detail === 'name' || detail === 'about' ? (customer[detail]?.length ?? 0) : 0,
      Number(at === survivor),
      timeOf(customer.updatedAt),
    ])
  const fieldIds = new Set(customers.flatMap(({ fields }) => Object.keys(fields)))
  const ofField = (id: string) =>
    best(customers, (customer, at) => [
      Number(customer.fields[id] !== undefined),
      Number(at === survivor),
      timeOf(customer.updatedAt),
    ])
  return {
    survivor,
    details: {
      name: ofDetail('name'),
      email: ofDetail('email'),
      phone: ofDetail('phone'),
      company: ofDetail('company'),
      city: ofDetail('city'),
      about: ofDetail('about'),
      owner: ofDetail('owner'),
    },
    fields: Object.fromEntries([...fieldIds].map((id) => [id, ofField(id)])),
  }
}

function timeOf(at: string): number {
  return new Date(at).getTime()
}

/** The place of the customer with the highest marks, of which the earlier count more. */
function best(customers: readonly Customer[], marksOf: (customer: Customer, at: number) => number[]): number {
  const marks = customers.map(marksOf)
  return customers.reduce((leader, _customer, at) => (isHigher(marks[at], marks[leader]) ? at : leader), 0)
}

function isHigher(one: readonly number[] = [], other: readonly number[] = []): boolean {
  const at = one.findIndex((mark, place) => mark !== other[place])
  return at !== -1 && (one[at] ?? 0) > (other[at] ?? 0)
}
