import type { TenantTables } from '@sarai/db'
import { sql, type Transaction } from 'kysely'
import { recordCustomerEvents } from '../customer/record-customer-event.ts'
import { CUSTOMER_TAGS_MAX } from '../customer/schema.ts'
import type { Item } from './write-items.ts'

type Trx = Transaction<TenantTables>

/** What one customer is to get and to lose; what is so already is passed over. */
export interface TagWish {
  id: string
  add: readonly string[]
  remove: readonly string[]
}

interface TagPlan {
  id: string
  added: string[]
  removed: string[]
}

/** Gives and takes tags of customers whose rows are locked. Six statements, whatever their number. */
export async function changeTags(
  trx: Trx,
  { wishes, actorId }: { wishes: readonly TagWish[]; actorId: string },
): Promise<Item[]> {
  const ids = wishes.map(({ id }) => id)
  if (ids.length === 0) return []
  const names = await namesOf(trx, [...new Set(wishes.flatMap(({ add, remove }) => [...add, ...remove]))])
  const has = await tagsOf(trx, ids)
  const items: Item[] = []
  const plans: TagPlan[] = []
  for (const { id, add, remove } of wishes) {
    const held = has.get(id) ?? new Set()
    const added = add.filter((tag) => names.has(tag) && !held.has(tag) && !remove.includes(tag))
    const removed = remove.filter((tag) => names.has(tag) && held.has(tag))
    if (held.size + added.length - removed.length > CUSTOMER_TAGS_MAX) {
      items.push({ id, outcome: 'refused', reason: 'too-many-tags' })
    } else if (added.length + removed.length === 0) {
      items.push({ id, outcome: 'same' })
    } else {
      plans.push({ id, added, removed })
      items.push({ id, outcome: 'changed', details: { added, removed } })
    }
  }
  await writePlans(trx, plans)
  await recordCustomerEvents(
    trx,
    plans.map(({ id, added, removed }) => ({
      customerId: id,
      actorId,
      event: { kind: 'tagged', added: wordsOf(names, added), removed: wordsOf(names, removed) },
    })),
  )
  return items
}

async function writePlans(trx: Trx, plans: readonly TagPlan[]): Promise<void> {
  if (plans.length === 0) return
  const pairs = (key: 'added' | 'removed') =>
    plans.flatMap((plan) => plan[key].map((tag) => ({ customer_id: plan.id, tag_id: tag })))
  const removed = pairs('removed')
  if (removed.length > 0) {
    const tuples = removed.map((pair) => sql`(${pair.customer_id}, ${pair.tag_id})`)
    await sql`DELETE FROM customer_tags WHERE (customer_id, tag_id) IN (${sql.join(tuples)})`.execute(trx)
  }
  const added = pairs('added')
  if (added.length > 0) await trx.insertInto('customer_tags').values(added).execute()
  await trx
    .updateTable('customers')
    .set((eb) => ({ version: eb('version', '+', 1), updated_at: new Date() }))
    .where(
      'id',
      'in',
      plans.map(({ id }) => id),
    )
    .execute()
}

async function namesOf(trx: Trx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const tags = await trx.selectFrom('tags').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(tags.map(({ id, name }) => [id, name]))
}

async function tagsOf(trx: Trx, customerIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await trx
    .selectFrom('customer_tags')
    .select(['customer_id', 'tag_id'])
    .where('customer_id', 'in', customerIds)
    .execute()
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id)
  return new Map([...byCustomer].map(([id, tags]) => [id, new Set(tags.map((tag) => tag.tag_id))]))
}

function wordsOf(names: ReadonlyMap<string, string>, ids: readonly string[]): string[] {
  return ids.map((id) => names.get(id) ?? '')
}
