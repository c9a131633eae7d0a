import type { Connection } from 'mysql2/promise'
import { quoteName } from '../server/account.ts'
import type { DescribedTable } from './describe-tables.ts'

type ArchivedRow = Record<string, string | null>

/** Of one INSERT: few round trips, and far below the server's max_allowed_packet. */
const ROWS_AT_ONCE = 500
const CHARACTERS_AT_ONCE = 1_000_000

/** Values go to the server as values, never as text of a statement. */
export async function insertRows(
  connection: Connection,
  table: DescribedTable,
  rows: AsyncIterable<ArchivedRow>,
): Promise<void> {
  let batch: (string | Buffer | null)[][] = []
  let characters = 0
  for await (const row of rows) {
    batch.push(table.columns.map((column) => toValue(row[column], table.binary.has(column))))
    characters += Object.values(row).reduce((sum, value) => sum + (value?.length ?? 0), 0)
    if (batch.length < ROWS_AT_ONCE && characters < CHARACTERS_AT_ONCE) continue
    await insert(connection, table, batch)
    batch = []
    characters = 0
  }
  if (batch.length > 0) await insert(connection, table, batch)
}

function toValue(value: string | null | undefined, isBinary: boolean): string | Buffer | null {
  if (value === null || value === undefined) return null
  return isBinary ? Buffer.from(value, 'base64') : value
}

async function insert(
  connection: Connection,
  { name, columns }: DescribedTable,
  rows: (string | Buffer | null)[][],
): Promise<void> {
  await connection.query(`INSERT INTO ${quoteName(name)} (${columns.map(quoteName).join(', ')}) VALUES ?`, [
    rows,
  ])
}
