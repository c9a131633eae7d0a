import type { Connection } from 'mysql2/promise'
import { asAdmin, type Installation } from '../installation.ts'
import { migrate } from '../migrate.ts'
import { createDatabase, dropDatabase, quoteName } from '../server/account.ts'
import type { TenantEntry } from '../tenant/tenant-directory.ts'
import { ArchiveError } from './archive-error.ts'
import { asTenant } from './as-tenant.ts'
import { type DescribedTable, describeTables } from './describe-tables.ts'
import { insertRows } from './insert-rows.ts'
import type { ArchivedTable } from './manifest.ts'
import type { Archive } from './open-archive.ts'
import { type MatchedPeople, renameIn } from './people.ts'
import { type OnArchiveProgress, requireGoing, StepCounter } from './progress.ts'
import { readRows } from './read-rows.ts'
import { RowSum } from './row-sum.ts'
import { settleCopied } from './settle-copied.ts'

interface Filling {
  entry: TenantEntry
  archive: Archive
  matched: MatchedPeople
  onProgress: OnArchiveProgress | undefined
  signal: AbortSignal | undefined
}

/** The tables as they were when the archive was made, filled, compared, and only then migrated. */
export async function fillTenant(installation: Installation, filling: Filling): Promise<void> {
  const { entry, archive, matched, signal } = filling
  const { schemaVersion } = archive.manifest
  const { version } = installation.schema
  const isOlder = schemaVersion < version
  const label = `import tenant ${entry.record.tenantKey}`
  if (isOlder) await rebuild(installation, entry, schemaVersion)
  await asTenant(installation, entry, {
    label,
    signal,
    work: (connection, gone) => fillTables(connection, filling, gone),
  })
  requireGoing(signal)
  if (isOlder) await migrateTo(installation, entry, version)
  await asTenant(installation, entry, {
    label,
    signal,
    work: (connection) => settleCopied(connection, matched),
  })
}

async function rebuild(installation: Installation, entry: TenantEntry, version: number): Promise<void> {
  const { database } = entry.account
  await asAdmin(installation, `rebuild ${entry.record.tenantKey}`, async (admin) => {
    await dropDatabase(admin, database)
    await createDatabase(admin, database)
  })
  await migrateTo(installation, entry, version)
}

async function migrateTo(
  installation: Installation,
  { account }: TenantEntry,
  version: number,
): Promise<void> {
  const migrations = Object.fromEntries(Object.entries(installation.schema.migrations).slice(0, version))
  await asAdmin({ ...installation, class: 'migration' }, `migrate ${account.label}`, (admin) =>
    migrate(admin, account.database, { migrations }),
  )
}

async function fillTables(
  connection: Connection,
  { archive, matched, onProgress }: Filling,
  gone: AbortSignal,
): Promise<void> {
  const { tables } = archive.manifest
  const described = new Map((await describeTables(connection)).map((table) => [table.name, table]))
  requireSameTables(tables, described)
  const progress = new StepCounter(
    onProgress,
    'filling',
    tables.reduce((sum, table) => sum + table.rows, 0),
  )
  await progress.begin()
  // What migrations have put in stands in the archive too.
  for (const { name } of [...described.values()].toReversed())
    await connection.query(`DELETE FROM ${quoteName(name)}`)
  for (const table of inOrder(tables, [...described.keys()])) {
    const target = described.get(table.name)
    if (!target) continue
    // Columns in the archive's order, so that the same row is the same line.
    const ordered = { ...target, columns: table.columns }
    const put = new RowSum()
    const rows = renamed(archive.lines(table), { matched, put, count: () => progress.count(table.name) })
    await insertRows(connection, ordered, rows)
    await compare(connection, { table: ordered, put, gone })
    await progress.at(table.name)
  }
}

/** Whatever the archive's order: a row comes after those that it refers to. */
function inOrder(tables: readonly ArchivedTable[], names: readonly string[]): ArchivedTable[] {
  return tables.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
}

function requireSameTables(
  tables: readonly ArchivedTable[],
  described: ReadonlyMap<string, DescribedTable>,
): void {
  const isSame = (table: ArchivedTable) => {
    const columns = described.get(table.name)?.columns ?? []
    return (
      new Set([...columns, ...table.columns]).size === columns.length &&
      columns.length === table.columns.length
    )
  }
  if (tables.length === described.size && tables.every(isSame)) return
  throw new ArchiveError('The archive does not have the tables and columns of the schema that it names.')
}

async function* renamed(
  lines: AsyncIterable<string>,
  { matched, put, count }: { matched: MatchedPeople; put: RowSum; count: () => void },
): AsyncGenerator<Record<string, string | null>> {
  for await (const line of lines) {
    const text = renameIn(line, matched)
    put.add(text)
    count()
    yield JSON.parse(text) as Record<string, string | null>
  }
}

async function compare(
  connection: Connection,
  { table, put, gone }: { table: DescribedTable; put: RowSum; gone: AbortSignal },
): Promise<void> {
  const out = new RowSum()
  for await (const line of readRows(connection, table, gone)) out.add(line.trimEnd())
  if (out.equals(put)) return
  throw new ArchiveError(`What came out of the table ${table.name} is not what was put in.`)
}
