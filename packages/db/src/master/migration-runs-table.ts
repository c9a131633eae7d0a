import type { ColumnType } from 'kysely'

type Timestamp = ColumnType<Date, Date, Date>
type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>
type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>

/** One time that a tenant was brought to another schema, or was not. The making of a tenant is recorded in its steps. */
export interface TenantMigrationRunsTable {
  id: string
  tenant_id: string
  from_version: number
  to_version: number
  state: 'running' | 'done' | 'failed'
  /** Counted from 1: how often it was tried in a row to bring it to this version. */
  attempt: number
  error: Nullable<string>
  started_at: Timestamp
  ended_at: NullableTimestamp
}
