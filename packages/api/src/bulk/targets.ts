import type { CustomerRow, TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import { countCustomers } from '../customer/count-customers.ts'
import { findIds } from '../customer/list-customers.ts'
import type { Target } from './schema.ts'

/** Customers that one transaction changes: its locks are what others wait for. */
export const BULK_CHUNK = 200

/** How far it has come: rows gone through, and behind whom the next ones stand. */
export const BulkPosition = z.object({ gone: z.int(), cursor: z.string().nullable() })
export type BulkPosition = z.infer<typeof BulkPosition>

interface Asked {
  trx: Transaction<TenantTables>
  input: Target
  position: BulkPosition | null
  total: number | null
  /** Who asked for the work: `me` in a filter. */
  userId: string
}

interface Chunk {
  ids: string[]
  position: BulkPosition
  total: number
  isLast: boolean
}

/**
 * The next of those who were chosen. A filter is gone through by when customers were added, oldest first: that never
 * changes, so each is met once, whatever the work or others change meanwhile; who is added later is not meant.
 */
export async function nextTargets({ trx, input, position, total, userId }: Asked): Promise<Chunk> {
  const { gone, cursor } = position ?? { gone: 0, cursor: null }
  if (!('filter' in input)) {
    const all = [...new Set(input.ids)]
    const ids = all.slice(gone, gone + BULK_CHUNK)
    const end = gone + ids.length
    return { ids, position: { gone: end, cursor }, total: all.length, isLast: end >= all.length }
  }
  const filter = { ...input.filter, userId }
  const page = await findIds(trx, { ...filter, sort: 'createdAt', cursor, limit: BULK_CHUNK })
  const except = new Set(input.exceptIds)
  const ids = page.ids.filter((id) => !except.has(id))
  return {
    ids,
    position: { gone: gone + ids.length, cursor: page.nextCursor },
    total: total ?? Math.max(0, (await countCustomers(trx, filter)) - except.size),
    isLast: page.nextCursor === null,
  }
}

export type Locked = Pick<CustomerRow, 'id' | 'archived_at' | 'owner_id'>

/** Locks the customers in the order of their ids. Who was merged away or is gone is not among them. */
export async function lockCustomers(
  trx: Transaction<TenantTables>,
  ids: readonly string[],
): Promise<Map<string, Locked>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('customers')
    .select(['id', 'archived_at', 'owner_id'])
    .where('id', 'in', ids)
    .where('merged_into', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}
