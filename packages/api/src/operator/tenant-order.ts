import type { LedgerRow } from '@sarai/db'
import { type RawBuilder, sql } from 'kysely'
import type { ListTenantsInput, TenantSortColumn } from './schema.ts'

export type TenantLoad = Omit<LedgerRow, 'tenant'>
export type Load = ReadonlyMap<string, TenantLoad>

/** A page by a figure is found by counting: the figures change while somebody reads. null: the cursor is a key, or none. */
export function readOffset(cursor: string | null | undefined): number | null {
  return cursor?.startsWith('~') ? Number(cursor.slice(1)) : null
}

/** What ORDER BY goes by. Who has no figure comes last, whichever way. */
export function orderTenants(
  sort: NonNullable<NonNullable<ListTenantsInput>['sort']>,
  load: readonly LedgerRow[],
): RawBuilder<unknown> {
  const column = sort.replace('-', '') as TenantSortColumn
  if (sort === '-key') return sql`tenants.tenant_key DESC`
  const direction = sql.raw(sort.startsWith('-') ? 'DESC' : 'ASC')
  const value = column === 'load' ? loadOf(load) : COLUMNS[column]
  return sql`${value} IS NULL, ${value} ${direction}`
}

const COLUMNS: Record<Exclude<TenantSortColumn, 'load'>, RawBuilder<unknown>> = {
  key: sql`tenants.tenant_key`,
  size: sql`tenant_figures.size_bytes`,
  activity: sql`tenant_figures.changes_last_day`,
  written: sql`tenant_figures.written_at`,
  schema: sql`tenants.schema_version`,
  created: sql`tenants.created_at`,
}

/** The ledger lies in this process, not in the database; it names a hundred tenants at most. */
function loadOf(load: readonly LedgerRow[]): RawBuilder<unknown> {
  if (load.length === 0) return sql`NULL`
  const cases = load.map(({ tenant, connectionSeconds }) => sql`WHEN ${tenant} THEN ${connectionSeconds}`)
  return sql`CASE tenants.tenant_key ${sql.join(cases, sql` `)} END`
}
