import { writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import type { Customer } from './model.ts'
import { type Db, getCustomer, getCustomerForUpdate } from './queries.ts'
import { recordCustomerEvent } from './record-customer-event.ts'
import { announceCustomer } from './save-customer.ts'
import { CUSTOMER_TAGS_MAX, type SetTagsInput } from './schema.ts'

/** Gives tags to a customer and takes tags away. What is so already stays so and is not announced. */
export function setTags(ctx: ScopedContext, { id, add = [], remove = [] }: SetTagsInput): Promise<Customer> {
  return transact(ctx, async (trx, record) => {
    const row = await getCustomerForUpdate(trx, { id })
    const before = await getCustomer(trx, { id })
    const has = new Set(before.tags.map((tag) => tag.id))
    const added = await namesOf(
      trx,
      add.filter((tag) => !has.has(tag) && !remove.includes(tag)),
    )
    const removed = before.tags.filter((tag) => remove.includes(tag.id))
    if (added.length === 0 && removed.length === 0) return before
    if (has.size + added.length - removed.length > CUSTOMER_TAGS_MAX) {
      throw new DomainError('CONFLICT', `A customer has at most ${CUSTOMER_TAGS_MAX} tags.`)
    }
    await writeTags(trx, { id, added, removed })
    const version = { version: row.version + 1, updated_at: new Date() }
    await trx.updateTable('customers').set(version).where('id', '=', id).execute()
    const names = { added: added.map(({ name }) => name), removed: removed.map(({ name }) => name) }
    await recordCustomerEvent(trx, {
      customerId: id,
      actorId: ctx.user.id,
      event: { kind: 'tagged', ...names },
    })
    // How many, not which: a tag on a customer is something about them.
    const after = { tagsAdded: added.length, tagsRemoved: removed.length }
    await writeAudit(trx, ctx, { action: 'customer.tagged', entity: { id }, after })
    return announceCustomer(trx, { id, kind: 'customer.updated', record })
  })
}

interface Named {
  id: string
  name: string
}

async function namesOf(trx: Db, ids: readonly string[]): Promise<Named[]> {
  if (ids.length === 0) return []
  const tags = await trx.selectFrom('tags').select(['id', 'name']).where('id', 'in', ids).execute()
  if (tags.length < new Set(ids).size) throw new DomainError('NOT_FOUND', 'This tag does not exist any more.')
  return tags
}

async function writeTags(
  trx: Db,
  { id, added, removed }: { id: string; added: readonly Named[]; removed: readonly Named[] },
): Promise<void> {
  if (removed.length > 0) {
    await trx
      .deleteFrom('customer_tags')
      .where('customer_id', '=', id)
      .where(
        'tag_id',
        'in',
        removed.map((tag) => tag.id),
      )
      .execute()
  }
  if (added.length === 0) return
  await trx
    .insertInto('customer_tags')
    .values(added.map((tag) => ({ customer_id: id, tag_id: tag.id })))
    .execute()
}
