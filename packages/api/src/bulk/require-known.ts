import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { requireNamedOwner } from '../customer/owner.ts'
import { DomainError } from '../errors.ts'
import type { Target } from './schema.ts'

type Db = Kysely<TenantTables>

/**
 * NOT_FOUND unless everything that a request names is there: before a job that would pass over half of it in silence.
 * SELECT COUNT(*) … WHERE id IN (…), for customers, tags and fields.
 */
export async function requireKnown(db: Db, target: Target, tagIds: readonly string[] = []): Promise<void> {
  const { filter } = 'filter' in target ? target : {}
  const customers = 'filter' in target ? target.exceptIds : target.ids
  const tags = [...tagIds, ...(filter?.tagId ? [filter.tagId] : []), ...(filter?.tags?.ids ?? [])]
  await requireAll(db, {
    table: 'customers',
    ids: customers,
    message: 'One of these customers cannot be found.',
  })
  await requireAll(db, { table: 'tags', ids: tags, message: 'This tag does not exist any more.' })
  await requireNamedOwner(db, filter?.owner)
  await requireAll(db, {
    table: 'customer_fields',
    ids: filter?.fields?.map(({ id }) => id),
    message: 'This field does not exist any more.',
  })
}

interface Named {
  table: 'customers' | 'tags' | 'customer_fields'
  ids: readonly string[] | undefined
  message: string
}

async function requireAll(db: Db, { table, ids = [], message }: Named): Promise<void> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  const { count } = await db
    .selectFrom(table)
    .where('id', 'in', wanted)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (Number(count) < wanted.length) throw new DomainError('NOT_FOUND', message)
}
