import { type Kysely, type RawBuilder, sql } from 'kysely'

export interface NewIndex {
  table: string
  index: string
  /** With the brackets: `(archived_at, folded_name)`. */
  columns: RawBuilder<unknown>
}

/** For migrations, which must bear being run again: MySQL has no ADD INDEX IF NOT EXISTS. */
export async function addIndex(db: Kysely<unknown>, { table, index, columns }: NewIndex): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = ${table} AND index_name = ${index}`.execute(db)
  if (rows.length > 0) return
  await sql`ALTER TABLE ${sql.id(table)} ADD INDEX ${sql.id(index)} ${columns}`.execute(db)
}
