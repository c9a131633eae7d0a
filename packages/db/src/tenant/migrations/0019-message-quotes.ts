import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'

/** Messages that answer one message of their conversation. */
export const messageQuotes: Migration = {
  async up(db: Kysely<unknown>) {
    await addColumn(db, { table: 'messages', column: 'reply_to_seq', definition: sql`INT UNSIGNED NULL` })
  },
}
