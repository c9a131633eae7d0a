import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'

const COLOR = sql`VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'gray'`
const statements = [
  sql`CREATE TABLE IF NOT EXISTS customer_notes (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    customer_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    author_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    body TEXT NOT NULL,
    created_at DATETIME(3) NOT NULL,
    edited_at DATETIME(3) NULL,
    deleted_at DATETIME(3) NULL,
    KEY customer_notes_customer (customer_id, created_at, id),
    CONSTRAINT customer_notes_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS customer_events (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    customer_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    actor_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    details JSON NOT NULL,
    created_at DATETIME(3) NOT NULL,
    KEY customer_events_customer (customer_id, created_at, id),
    CONSTRAINT customer_events_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS customer_fields (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    kind ENUM('text', 'number', 'date', 'choice', 'boolean') NOT NULL,
    options JSON NOT NULL,
    required TINYINT(1) NOT NULL DEFAULT 0,
    position SMALLINT UNSIGNED NOT NULL,
    archived_at DATETIME(3) NULL,
    created_at DATETIME(3) NOT NULL,
    UNIQUE KEY customer_fields_name (name)
  )`,
  sql`CREATE TABLE IF NOT EXISTS customer_field_values (
    customer_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    field_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    value VARCHAR(500) NOT NULL,
    PRIMARY KEY (customer_id, field_id),
    KEY customer_field_values_field (field_id, value(100), customer_id),
    CONSTRAINT customer_field_values_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
    CONSTRAINT customer_field_values_field FOREIGN KEY (field_id) REFERENCES customer_fields (id) ON DELETE CASCADE
  )`,
]

/** What a card holds besides the customer's row: notes, what happened, fields of the tenant's own; tags with colours. */
export const customerCard: Migration = {
  async up(db: Kysely<unknown>) {
    await addColumn(db, { table: 'tags', column: 'color', definition: COLOR })
    for (const statement of statements) await statement.execute(db)
  },
}
