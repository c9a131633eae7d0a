import type { Connection } from 'mysql2/promise'
import { changeControl } from '../control/change-control.ts'
import type { TenantRecord } from '../database.ts'
import { DatabaseError } from '../errors.ts'
import { asAdmin, type Installation } from '../installation.ts'
import { migrate } from '../migrate.ts'
import { createDatabase, dropDatabase, quoteName } from '../server/account.ts'
import { dropTenant } from '../tenant/drop-tenant.ts'
import { setTenantStatus } from '../tenant/change-tenant.ts'
import type { TenantEntry } from '../tenant/tenant-directory.ts'
import { ArchiveError } from './archive-error.ts'
import { asTenant } from './as-tenant.ts'
import { type DescribedTable, describeTables } from './describe-tables.ts'
import type { ArchiveProgress } from './export-tenant.ts'
import { insertRows } from './insert-rows.ts'
import type { ArchivedTable } from './manifest.ts'
import { type Archive, openArchive } from './open-archive.ts'
import { type ArchivedPerson, type MatchedPeople, matchPeople, renameIn } from './people.ts'
import { readRows } from './read-rows.ts'
import { RowSum } from './row-sum.ts'

export interface ImportOptions {
  path: string
  tenantKey: string
  /** Default: as in the archive. */
  name?: string | undefined
  onProgress?: ((progress: ArchiveProgress) => void) | undefined
}

export interface ImportedTenant {
  tenant: TenantRecord
  rows: number
  /** People of the archive who have an account here, by e-mail: they are members again. */
  members: number
  /** People who have none: what they wrote keeps their name. */
  namesOnly: number
}

/** How a tenant without rows is made; see Database.createTenant. */
export type MakeTenant = (input: { tenantKey: string; name: string }) => Promise<TenantRecord>

/** See Database.importTenant. Nothing is made before the whole archive has been read and compared with its manifest. */
export async function importTenant(
  installation: Installation,
  { path, tenantKey, name, onProgress }: ImportOptions,
  makeTenant: MakeTenant,
): Promise<ImportedTenant> {
  using archive = await openArchive(path, installation.schema.version)
  const people = await listPeople(archive)
  const matched = await matchPeople(installation.master, people)
  await makeTenant({ tenantKey, name: name ?? archive.manifest.name })
  try {
    // Nobody goes in before everything is there.
    await setTenantStatus(installation, tenantKey, 'suspended')
    const entry = await installation.directory.get(tenantKey)
    await fill(installation, { entry, archive, matched, onProgress })
    await addMembers(installation, entry.record, matched)
    const tenant = await setTenantStatus(installation, tenantKey, 'active')
    const rows = archive.manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    return {
      tenant,
      rows,
      members: matched.memberIds.size,
      namesOnly: people.length - matched.memberIds.size,
    }
  } catch (error) {
    await dropTenant(installation, tenantKey)
    throw error instanceof ArchiveError || error instanceof DatabaseError ? error : doesNotFit(error)
  }
}

/** A row that is no JSON, or that the server refuses. */
function doesNotFit(cause: unknown): ArchiveError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new ArchiveError(`The rows of the archive do not fit its tables: ${why}`, { cause })
}

async function listPeople(archive: Archive): Promise<ArchivedPerson[]> {
  const table = archive.manifest.tables.find(({ name }) => name === 'members')
  const people: ArchivedPerson[] = []
  if (!table) return people
  for await (const line of archive.lines(table)) {
    const row = JSON.parse(line) as Record<string, unknown>
    if (row['removed_at'] !== null) continue
    people.push({ userId: String(row['user_id']), email: String(row['email']) })
  }
  return people
}

interface Filling {
  entry: TenantEntry
  archive: Archive
  matched: MatchedPeople
  onProgress: ImportOptions['onProgress']
}

/** The tables as they were when the archive was made, filled, compared, and only then migrated. */
async function fill(installation: Installation, filling: Filling): Promise<void> {
  const { entry, archive } = filling
  const { schemaVersion } = archive.manifest
  const { version } = installation.schema
  const isOlder = schemaVersion < version
  if (isOlder) await rebuild(installation, entry, schemaVersion)
  await asTenant(installation, entry, {
    label: `import tenant ${entry.record.tenantKey}`,
    work: (connection) => fillTables(connection, filling),
  })
  if (isOlder) await migrateTo(installation, entry, version)
  await asTenant(installation, entry, {
    label: `import tenant ${entry.record.tenantKey}`,
    work: (connection) => keepNamesOnly(connection, filling.matched),
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

async function fillTables(connection: Connection, { archive, matched, onProgress }: Filling): Promise<void> {
  const { tables } = archive.manifest
  const described = new Map((await describeTables(connection)).map((table) => [table.name, table]))
  requireSameTables(tables, described)
  // What migrations have put in stands in the archive too.
  for (const { name } of [...described.values()].toReversed())
    await connection.query(`DELETE FROM ${quoteName(name)}`)
  for (const [index, table] of inOrder(tables, [...described.keys()]).entries()) {
    const target = described.get(table.name)
    if (!target) continue
    // Columns in the archive's order, so that the same row is the same line.
    const ordered = { ...target, columns: table.columns }
    const put = new RowSum()
    await insertRows(connection, ordered, renamed(archive.lines(table), matched, put))
    await compare(connection, ordered, put)
    onProgress?.({ table: table.name, rows: table.rows, done: index + 1, tables: tables.length })
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
  matched: MatchedPeople,
  put: RowSum,
): AsyncGenerator<Record<string, string | null>> {
  for await (const line of lines) {
    const text = renameIn(line, matched)
    put.add(text)
    yield JSON.parse(text) as Record<string, string | null>
  }
}

async function compare(connection: Connection, table: DescribedTable, put: RowSum): Promise<void> {
  const out = new RowSum()
  for await (const line of readRows(connection, table)) out.add(line.trimEnd())
  if (out.equals(put)) return
  throw new ArchiveError(`What came out of the table ${table.name} is not what was put in.`)
}

/** Those without an account here cannot come in, so they are shown as people who left. */
async function keepNamesOnly(connection: Connection, { memberIds }: MatchedPeople): Promise<void> {
  const known = [...memberIds]
  const unknown = known.length > 0 ? 'AND user_id NOT IN (?)' : ''
  await connection.query(
    `UPDATE members SET removed_at = UTC_TIMESTAMP(3) WHERE removed_at IS NULL ${unknown}`,
    [known],
  )
}

async function addMembers(
  installation: Installation,
  { id }: TenantRecord,
  { memberIds }: MatchedPeople,
): Promise<void> {
  if (memberIds.size === 0) return
  await changeControl(installation, async (trx, announce) => {
    const rows = [...memberIds].map((userId) => ({ tenant_id: id, user_id: userId, created_at: new Date() }))
    await trx.insertInto('memberships').ignore().values(rows).execute()
    for (const userId of memberIds) announce({ kind: 'membership.changed', tenantId: id, userId })
  })
}
