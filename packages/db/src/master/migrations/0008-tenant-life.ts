import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'

export const tenantLife: Migration = {
  async up(db: Kysely<unknown>) {
    const definition = sql`DATETIME(3) NULL`
    // Since when a tenant is archived: its grace is counted from here.
    await addColumn(db, { table: 'tenants', column: 'archived_at', definition })
    // Since when it is being deleted for good: no way back from here, and a sweep goes on with it.
    await addColumn(db, { table: 'tenants', column: 'deleting_at', definition })
    await sql`UPDATE tenants SET archived_at = updated_at WHERE status = 'archived' AND archived_at IS NULL`.execute(
      db,
    )
  },
}
