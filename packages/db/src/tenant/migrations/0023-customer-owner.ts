import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'
import { addIndex } from '../../add-index.ts'

const ID = sql`CHAR(36) CHARACTER SET ascii COLLATE ascii_bin`

/** The member who is responsible for a customer, and the columns in which each member wants to see the list. */
export const customerOwner: Migration = {
  async up(db: Kysely<unknown>) {
    await addColumn(db, { table: 'customers', column: 'owner_id', definition: sql`${ID} NULL` })
    // One owner's customers in the usual order of the list, and whether somebody who has left still has any.
    await addIndex(db, {
      table: 'customers',
      index: 'customers_owner',
      columns: sql`(archived_at, owner_id, created_at, id)`,
    })
    await sql`CREATE TABLE IF NOT EXISTS customer_columns (
      user_id ${ID} NOT NULL PRIMARY KEY,
      columns JSON NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      CONSTRAINT customer_columns_user FOREIGN KEY (user_id) REFERENCES members (user_id)
    )`.execute(db)
  },
}
