import { type Kysely, type RawBuilder, sql } from 'kysely'

export interface NewColumn {
  table: string
  column: string
  definition: RawBuilder<unknown>
}

/** For migrations, which must bear being run again: MySQL has no ADD COLUMN IF NOT EXISTS. */
export async function addColumn(
  db: Kysely<unknown>,
  { table, column, definition }: NewColumn,
): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = ${table} AND column_name = ${column}`.execute(db)
  if (rows.length > 0) return
  await sql`ALTER TABLE ${sql.id(table)} ADD COLUMN ${sql.id(column)} ${definition}`.execute(db)
}
