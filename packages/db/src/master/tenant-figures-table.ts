import type { ColumnType } from 'kysely'

/** As tenants were measured last; a row comes with the first measurement. */
export interface TenantFiguresTable {
  tenant_id: string
  /** Data and indexes of all its tables, as the server estimates them. */
  size_bytes: number
  /** Changes of its feed in the twenty-four hours before. */
  changes_last_day: number
  /** When something was changed last; null if nothing ever was. */
  written_at: ColumnType<Date | null, Date | null, Date | null>
  measured_at: ColumnType<Date, Date, Date>
}
