import type { ColumnType } from 'kysely'

/** The tenants in which something has to be done at a time, whether or not anybody is there. */
export interface TenantAlarmsTable {
  tenant_id: string
  /** Not after the first thing that is due. */
  due_at: ColumnType<Date, Date, Date>
}
