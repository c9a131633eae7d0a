import type { Connection, RowDataPacket } from 'mysql2/promise'

export interface ColumnShape {
  /** As the server writes it: `varchar(120)`, `enum('a','b')`. */
  type: string
  isNullable: boolean
  /** A row can be inserted without naming it. */
  isOptional: boolean
}

export interface TableShape {
  columns: Map<string, ColumnShape>
  /** Unique keys, foreign keys and checks, by name: the columns that each is about. */
  constraints: Map<string, string[]>
}

export type SchemaShape = Map<string, TableShape>

/** A database's tables as the server sees them. */
export async function readSchema(admin: Connection, database: string): Promise<SchemaShape> {
  const schema: SchemaShape = new Map()
  const [columns] = await admin.query<RowDataPacket[]>(COLUMNS, [database])
  for (const row of columns) {
    const { table, name, type, nullable, preset, extra } = row as Record<string, string | null>
    const isNullable = nullable === 'YES'
    const isOptional = isNullable || preset !== null || /auto_increment|GENERATED/i.test(extra ?? '')
    tableOf(schema, table).columns.set(name ?? '', { type: type ?? '', isNullable, isOptional })
  }
  for (const query of [KEYS, FOREIGN_KEYS]) {
    const [constraints] = await admin.query<RowDataPacket[]>(query, [database])
    for (const row of constraints) {
      const { table, name, columns: list } = row as Record<string, string | null>
      tableOf(schema, table).constraints.set(name ?? '', (list ?? '').split(','))
    }
  }
  return schema
}

const COLUMNS = `SELECT table_name AS \`table\`, column_name AS name, column_type AS type, is_nullable AS nullable,
  column_default AS preset, extra FROM information_schema.columns WHERE table_schema = ?`
const KEYS = `SELECT table_name AS \`table\`, index_name AS name, GROUP_CONCAT(column_name) AS columns
  FROM information_schema.statistics WHERE table_schema = ? AND non_unique = 0 GROUP BY table_name, index_name`
const FOREIGN_KEYS = `SELECT table_name AS \`table\`, constraint_name AS name, GROUP_CONCAT(column_name) AS columns
  FROM information_schema.key_column_usage
  WHERE table_schema = ? AND referenced_table_name IS NOT NULL GROUP BY table_name, constraint_name`

function tableOf(schema: SchemaShape, name: string | null | undefined): TableShape {
  const known = schema.get(name ?? '')
  if (known) return known
  const made: TableShape = { columns: new Map(), constraints: new Map() }
  schema.set(name ?? '', made)
  return made
}

/**
 * What the code that runs now would stumble over, if a migration turned `before` into `after` under it: everything that
 * takes away, narrows, or refuses what was taken. Only adding is safe.
 */
export function findBreakingChanges(before: SchemaShape, after: SchemaShape): string[] {
  return [...before].flatMap(([table, shape]) => {
    const next = after.get(table)
    return next ? compareTables(table, shape, next) : [`${table} is dropped or renamed`]
  })
}

function compareTables(table: string, before: TableShape, after: TableShape): string[] {
  const lost = [...before.columns].flatMap(([name, column]) => {
    const next = after.columns.get(name)
    return next
      ? compareColumns(`${table}.${name}`, column, next)
      : [`${table}.${name} is dropped or renamed`]
  })
  const added = [...after.columns]
    .filter(([name, { isOptional }]) => !before.columns.has(name) && !isOptional)
    .map(([name]) => `${table}.${name} is new, NOT NULL, and has no default`)
  const constraints = [...after.constraints]
    .filter(([name, about]) => !before.constraints.has(name) && about.every((one) => before.columns.has(one)))
    .map(([name]) => `${table} has a new constraint, ${name}, on what is written already`)
  return [...lost, ...added, ...constraints]
}

function compareColumns(column: string, before: ColumnShape, after: ColumnShape): string[] {
  const found = []
  if (!isWideEnough(before.type, after.type))
    found.push(`${column} changes from ${before.type} to ${after.type}`)
  if (before.isNullable && !after.isNullable) found.push(`${column} becomes NOT NULL`)
  else if (before.isOptional && !after.isOptional) found.push(`${column} loses its default`)
  return found
}

/** The same, a longer text, or an enumeration with more at its end. */
function isWideEnough(before: string, after: string): boolean {
  if (before === after) return true
  const [was, is] = [lengthOf(before), lengthOf(after)]
  if (was && is) return was.kind === is.kind && is.length >= was.length
  return before.startsWith('enum(') && after.startsWith(before.slice(0, -1))
}

function lengthOf(type: string): { kind: string; length: number } | undefined {
  const [, kind, length] = /^(varchar|char|varbinary)\((\d+)\)$/.exec(type) ?? []
  return kind === undefined ? undefined : { kind, length: Number(length) }
}
