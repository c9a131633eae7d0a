import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'

/** Since when a rollout is asked to stop: whoever runs it looks between two tenants, in whichever process that is. */
export const rolloutStop: Migration = {
  async up(db: Kysely<unknown>) {
    const definition = sql`DATETIME(3) NULL`
    await addColumn(db, { table: 'rollouts', column: 'stop_asked_at', definition })
  },
}
