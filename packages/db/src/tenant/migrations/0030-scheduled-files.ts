import { type Kysely, sql } from 'kysely'
import { addColumn } from '../../add-column.ts'
import { addIndex } from '../../add-index.ts'
import type { TenantMigration } from '../migrations.ts'

/**
 * Messages for later may be notes, and have files. Code that knows nothing of notes would send one to the customer, so it must
 * not serve a tenant that has this.
 */
export const scheduledFiles: TenantMigration = {
  needsCodeOf: 30,
  async up(db: Kysely<unknown>) {
    await addColumn(db, {
      table: 'scheduled_messages',
      column: 'visibility',
      definition: sql`ENUM('public', 'private') NOT NULL DEFAULT 'public'`,
    })
    await addColumn(db, { table: 'scheduled_messages', column: 'mentions', definition: sql`JSON NULL` })
    await addColumn(db, {
      table: 'attachments',
      column: 'scheduled_id',
      definition: sql`CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL`,
    })
    await addIndex(db, { table: 'attachments', index: 'attachments_scheduled', columns: sql`(scheduled_id)` })
  },
}
