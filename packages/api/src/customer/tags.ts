import { newId } from '@sarai/db'
import { changedFields, writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import { countAlone } from '../count-alone.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import type { CustomerTag } from './model.ts'
import { type Db, toTag } from './queries.ts'
import {
  type CreateTagInput,
  type MergeTagsInput,
  type TagIdInput,
  TAGS_MAX,
  type UpdateTagInput,
} from './schema.ts'
import { refuseTaken } from '../refuse-taken.ts'

const TAKEN = { key: 'tags_name', userMessage: 'There is a tag with this name already.' }

/** All tags by name, with how many customers have each, archived ones counted. */
export async function listTagsWithCounts(
  db: Db,
): Promise<{ items: (CustomerTag & { customersCount: number })[] }> {
  const rows = await db
    .selectFrom('tags')
    .leftJoin('customer_tags', 'customer_tags.tag_id', 'tags.id')
    .leftJoin('customers', (join) =>
      join.onRef('customers.id', '=', 'customer_tags.customer_id').on('customers.merged_into', 'is', null),
    )
    .select(['tags.id', 'tags.name', 'tags.color'])
    .select((eb) => eb.fn.count<number>('customers.id').as('customers_count'))
    .groupBy(['tags.id', 'tags.name', 'tags.color'])
    .orderBy('tags.name')
    .execute()
  return { items: rows.map((row) => ({ ...toTag(row), customersCount: Number(row.customers_count) })) }
}

/** A new tag. CONFLICT for a name that is taken, whatever its capitals, and at TAGS_MAX. */
export function createTag(
  ctx: ScopedContext,
  { name, color = 'gray' }: CreateTagInput,
): Promise<CustomerTag> {
  const id = newId()
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      if ((await countAlone(trx, 'tags')) >= TAGS_MAX) {
        throw new DomainError('CONFLICT', `A workspace has at most ${TAGS_MAX} tags. Merge some first.`)
      }
      await trx.insertInto('tags').values({ id, name, color, created_at: new Date() }).execute()
      await writeAudit(trx, ctx, { action: 'tag.created', entity: { id, name } })
      record({ kind: 'customer.configured', entityId: id })
      return { id, name, color }
    }),
    TAKEN,
  )
}

/** Another name, another colour, for everybody who has it. */
export function updateTag(ctx: ScopedContext, { id, name, color }: UpdateTagInput): Promise<CustomerTag> {
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      const tag = await getTag(trx, id)
      const set = { ...(name !== undefined && { name }), ...(color !== undefined && { color }) }
      if (Object.keys(set).length === 0) return tag
      await trx.updateTable('tags').set(set).where('id', '=', id).execute()
      const entity = { id, name: tag.name }
      await writeAudit(trx, ctx, {
        action: 'tag.updated',
        entity,
        ...changedFields({ ...tag }, { ...tag, ...set }),
      })
      record({ kind: 'customer.configured', entityId: id })
      return { ...tag, ...set }
    }),
    TAKEN,
  )
}

/** Whoever has the one has the other instead, once. The one is gone. */
export async function mergeTags(
  ctx: ScopedContext,
  { fromId, intoId }: MergeTagsInput,
): Promise<CustomerTag> {
  if (fromId === intoId) {
    throw new DomainError('INVALID', 'A tag cannot be merged into itself.', {
      fields: { intoId: ['Choose another tag.'] },
    })
  }
  return transact(ctx, async (trx, record) => {
    const into = await getTag(trx, intoId)
    const from = await getTag(trx, fromId)
    await trx
      .insertInto('customer_tags')
      .ignore()
      .columns(['customer_id', 'tag_id'])
      .expression((eb) =>
        eb
          .selectFrom('customer_tags')
          .where('tag_id', '=', fromId)
          .select((each) => ['customer_id', each.val(intoId).as('tag_id')]),
      )
      .execute()
    await trx.deleteFrom('tags').where('id', '=', fromId).execute()
    const [entity, before] = [{ id: intoId, name: into.name }, { name: from.name }]
    await writeAudit(trx, ctx, { action: 'tag.merged', entity, before })
    record({ kind: 'customer.configured', entityId: intoId })
    return into
  })
}

/** Takes the tag from everybody who has it. Says from how many. */
export function deleteTag(ctx: ScopedContext, { id }: TagIdInput): Promise<{ customersCount: number }> {
  return transact(ctx, async (trx, record) => {
    const { name } = await getTag(trx, id)
    const { numDeletedRows } = await trx
      .deleteFrom('customer_tags')
      .where('tag_id', '=', id)
      .executeTakeFirstOrThrow()
    await trx.deleteFrom('tags').where('id', '=', id).execute()
    const before = { customers: Number(numDeletedRows) }
    await writeAudit(trx, ctx, { action: 'tag.removed', entity: { id, name }, before })
    record({ kind: 'customer.configured', entityId: id })
    return { customersCount: Number(numDeletedRows) }
  })
}

async function getTag(trx: Db, id: string): Promise<CustomerTag> {
  const row = await trx.selectFrom('tags').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new DomainError('NOT_FOUND', 'This tag does not exist any more.')
  return toTag(row)
}
