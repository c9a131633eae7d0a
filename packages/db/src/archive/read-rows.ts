import { addAbortSignal } from 'node:stream'
import type { Connection as RawConnection } from 'mysql2'
import type { Connection } from 'mysql2/promise'
import { quoteName } from '../server/account.ts'
import type { DescribedTable } from './describe-tables.ts'

/** Rows that wait between the server and whoever reads: memory stays small however large the table is. */
const ROWS_AHEAD = 200

/**
 * The rows of a table as lines of JSON, by primary key. Every value as the text that the server has for it, so that the
 * same row is the same line whichever program wrote it. It ends with `gone`, which the stream is not told of by itself.
 */
export async function* readRows(
  admin: Connection,
  { name, columns, binary, primaryKey }: DescribedTable,
  gone: AbortSignal,
): AsyncGenerator<string> {
  const selected = columns.map((column) => `${asText(column, binary)} AS ${quoteName(column)}`)
  const order = (primaryKey.length > 0 ? primaryKey : columns).map(quoteName).join(', ')
  const statement = `SELECT ${selected.join(', ')} FROM ${quoteName(name)} ORDER BY ${order}`
  const { connection } = admin as Connection & { connection: RawConnection }
  const rows = connection.query(statement).stream({ highWaterMark: ROWS_AHEAD })
  addAbortSignal(gone, rows)
  for await (const row of rows as AsyncIterable<Record<string, string | null>>) {
    yield `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, row[column] ?? null])))}\n`
  }
}

function asText(column: string, binary: ReadonlySet<string>): string {
  const name = quoteName(column)
  return binary.has(column) ? `TO_BASE64(${name})` : `CAST(${name} AS CHAR CHARACTER SET utf8mb4)`
}
