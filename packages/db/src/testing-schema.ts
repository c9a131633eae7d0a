import { type Kysely, sql } from 'kysely'
import { defineSchema, type TenantMigration, type TenantSchema } from './tenant/migrations.ts'

const statements = [
  sql`CREATE TABLE IF NOT EXISTS change_counter (id TINYINT NOT NULL PRIMARY KEY, last_seq BIGINT NOT NULL)`,
  sql`INSERT IGNORE INTO change_counter (id, last_seq) VALUES (1, 0)`,
  sql`CREATE TABLE IF NOT EXISTS tags (
    id CHAR(36) NOT NULL PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    created_at DATETIME(3) NOT NULL
  )`,
]

const small: TenantMigration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await statement.execute(db)
  },
}

/** For tests and benchmarks of many tenants: what the making of one touches, and one table more. */
export const SMALL_SCHEMA = defineSchema({ '0001-small': small })

/** A tag of this name makes the migrations of its tenant fail. */
export const POISON = 'poison'

/** Writes a row each time it runs: whoever counts the rows knows how often. */
export function countedMigration(name: string, options: Omit<TenantMigration, 'up'> = {}): TenantMigration {
  return {
    ...options,
    async up(db: Kysely<unknown>) {
      const { rows } = await sql`SELECT 1 FROM tags WHERE name = ${POISON}`.execute(db)
      if (rows.length > 0) throw new Error('this tenant is poisoned')
      await sql`INSERT INTO tags (id, name, created_at) VALUES (UUID(), ${name}, NOW(3))`.execute(db)
    },
  }
}

/** The small schema and these on top of it. */
export function schemaWith(more: Record<string, TenantMigration>): TenantSchema {
  return defineSchema({ ...SMALL_SCHEMA.migrations, ...more })
}

/** What a process that is killed in the middle, and the one that goes on, bring tenants to. */
export const TWO_MORE = schemaWith({
  '9001-first': countedMigration('first'),
  '9002-second': countedMigration('second'),
})
