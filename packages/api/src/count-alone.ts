import type { TenantTables } from '@sarai/db'
import { sql, type Transaction } from 'kysely'

/** Tables of which a tenant has so many rows at most. */
type LimitedTable = 'labels' | 'macros' | 'roles' | 'rules' | 'tags' | 'teams'

/**
 * How many there are, while nobody else can add one until this transaction ends. The first statement waits for whoever is
 * adding one; the second counts, for what they added may stand before the row that was waited for. A table without rows
 * keeps nobody out, and is far from its limit.
 */
export async function countAlone(trx: Transaction<TenantTables>, table: LimitedTable): Promise<number> {
  await sql`SELECT id FROM ${sql.table(table)} FOR UPDATE`.execute(trx)
  const { rows } = await sql<{ count: number }>`SELECT COUNT(*) AS count FROM ${sql.table(table)}`.execute(
    trx,
  )
  return Number(rows[0]?.count ?? 0)
}
