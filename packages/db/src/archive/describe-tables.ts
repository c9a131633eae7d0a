import type { Connection, RowDataPacket } from 'mysql2/promise'

export interface DescribedTable {
  name: string
  /** Without what the server computes from the others. */
  columns: string[]
  /** Columns whose bytes are no text: they stand in the archive as base64. */
  binary: ReadonlySet<string>
  primaryKey: string[]
}

const BINARY_TYPES: readonly string[] = [
  'binary',
  'varbinary',
  'tinyblob',
  'blob',
  'mediumblob',
  'longblob',
  'bit',
]
/** Which migrations have run is told by the schema's version. */
const OURS = /^kysely_/

/** The tables of a connection's database, each after those that it refers to. */
export async function describeTables(connection: Connection): Promise<DescribedTable[]> {
  const tables = new Map<string, DescribedTable>()
  for (const row of await list(connection, COLUMNS)) {
    const name = String(row['table_name'])
    if (OURS.test(name)) continue
    const table = tables.get(name) ?? { name, columns: [], binary: new Set<string>(), primaryKey: [] }
    tables.set(name, table)
    const column = String(row['column_name'])
    table.columns.push(column)
    if (BINARY_TYPES.includes(String(row['data_type']))) (table.binary as Set<string>).add(column)
    if (row['column_key'] === 'PRI') table.primaryKey.push(column)
  }
  const references = await list(connection, REFERENCES)
  return sortByReference(
    [...tables.values()],
    references.map((row) => [String(row['table_name']), String(row['referenced_table_name'])]),
  )
}

async function list(connection: Connection, statement: string): Promise<RowDataPacket[]> {
  const [rows] = await connection.query<RowDataPacket[]>(statement)
  return rows
}

const COLUMNS = `SELECT c.table_name AS table_name, c.column_name AS column_name, c.data_type AS data_type,
  c.column_key AS column_key
  FROM information_schema.columns c JOIN information_schema.tables t
    ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
  WHERE c.table_schema = DATABASE() AND c.extra NOT LIKE '%GENERATED%'
  ORDER BY c.table_name, c.ordinal_position`

const REFERENCES = `SELECT table_name AS table_name, referenced_table_name AS referenced_table_name
  FROM information_schema.key_column_usage
  WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL`

/** A table may refer to itself: its rows then come in the order of its key, which follows time. */
export function sortByReference<Table extends { name: string }>(
  tables: readonly Table[],
  references: readonly (readonly [from: string, to: string])[],
): Table[] {
  const sorted: Table[] = []
  const waiting = new Set(tables)
  while (waiting.size > 0) {
    const names = new Set([...waiting].map(({ name }) => name))
    const ready = [...waiting].filter(
      ({ name }) => !references.some(([from, to]) => from === name && to !== name && names.has(to)),
    )
    if (ready.length === 0)
      throw new Error(`tables refer to each other in a circle: ${[...names].join(', ')}`)
    for (const table of ready) waiting.delete(table)
    sorted.push(...ready)
  }
  return sorted
}
