import type { ScopedContext } from '../trpc.ts'
import { requireAll } from './customer-views.ts'
import type { Db } from './queries.ts'
import { CUSTOMER_COLUMNS, type CustomerColumn, type SaveColumnsInput } from './schema.ts'

/** The columns in which the caller sees the customers where no view says otherwise; null: the usual ones. */
export async function getOwnColumns(
  db: Db,
  { userId }: { userId: string },
): Promise<{ columns: CustomerColumn[] | null }> {
  const row = await db
    .selectFrom('customer_columns')
    .select('columns')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return { columns: row ? await withoutGone(db, row.columns) : null }
}

/** A field that was archived since stands in no list. */
async function withoutGone(db: Db, columns: readonly string[]): Promise<CustomerColumn[]> {
  const own = columns.filter(isOwnField)
  if (own.length === 0)
    return columns.flatMap((column) => CUSTOMER_COLUMNS.find((each) => each === column) ?? [])
  const rows = await db
    .selectFrom('customer_fields')
    .select('id')
    .where('id', 'in', own)
    .where('archived_at', 'is', null)
    .execute()
  const fields = new Set(rows.map(({ id }) => id))
  return columns.filter((column) => !isOwnField(column) || fields.has(column))
}

/** One of the tenant's own fields, by its id. */
function isOwnField(column: string): boolean {
  return !CUSTOMER_COLUMNS.some((known) => known === column)
}

/** Remembers the caller's columns, in their order; null goes back to the usual ones. NOT_FOUND for a field that is not there. */
export async function saveOwnColumns(
  { db, user }: Pick<ScopedContext, 'db' | 'user'>,
  { columns }: SaveColumnsInput,
): Promise<{ columns: CustomerColumn[] | null }> {
  if (columns === null) {
    await db.deleteFrom('customer_columns').where('user_id', '=', user.id).execute()
    return { columns }
  }
  await requireAll(db, 'customer_fields', columns.filter(isOwnField))
  const written = { columns: JSON.stringify(columns), updated_at: new Date() }
  await db
    .insertInto('customer_columns')
    .values({ user_id: user.id, ...written })
    .onDuplicateKeyUpdate(written)
    .execute()
  return { columns }
}
