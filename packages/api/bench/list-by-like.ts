import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import type { ListCustomersInput } from '../src/customer/schema.ts'

/** What one would write first. Nothing is folded: كريم does not find کریم, nor `muller` Müller's company. */
export function listByLike(
  db: Kysely<TenantTables>,
  { search, sort }: { search: string; sort: NonNullable<ListCustomersInput['sort']> },
): Promise<unknown> {
  const column = { name: 'name', createdAt: 'created_at', updatedAt: 'updated_at' } as const
  const key = sort.replace('-', '') as keyof typeof column
  const direction = sort.startsWith('-') ? 'desc' : 'asc'
  const pattern = `%${search}%`
  return db
    .selectFrom('customers')
    .select([
      'id',
      'name',
      'email',
      'phone',
      'company',
      'city',
      'about',
      'version',
      'created_at',
      'updated_at',
    ])
    .where('archived_at', 'is', null)
    .where(
      sql<boolean>`(name LIKE ${pattern} OR email LIKE ${pattern} OR company LIKE ${pattern} OR CONVERT(phone USING utf8mb4) LIKE ${pattern})`,
    )
    .orderBy(column[key], direction)
    .orderBy('id', direction)
    .limit(51)
    .execute()
}
