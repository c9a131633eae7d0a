import { changeControl } from '../control/change-control.ts'
import type { TenantRecord } from '../database.ts'
import { DatabaseError } from '../errors.ts'
import type { Installation } from '../installation.ts'
import type { NewTenant } from '../provision/types.ts'
import { setTenantStatus } from '../tenant/change-tenant.ts'
import { dropTenant } from '../tenant/drop-tenant.ts'
import { ArchiveError } from './archive-error.ts'
import type { ArchiveFiles } from './archived-files.ts'
import { fillTenant } from './fill-tenant.ts'
import { type Archive, openArchive } from './open-archive.ts'
import { type ArchivedPerson, type MatchedPeople, matchPeople } from './people.ts'
import { type OnArchiveProgress, requireGoing } from './progress.ts'
import { putFiles } from './put-files.ts'

export interface ImportOptions {
  path: string
  tenantKey: string
  /** Default: as in the archive. */
  name?: string | undefined
  /** Where the bytes of attached files go. Left out: they stay in the archive, and their rows name files that are not there. */
  files?: Pick<ArchiveFiles, 'put'> | undefined
  /** Recorded with the making of the tenant, so that what is left of it can be told; see NewTenant. */
  details?: NewTenant['details']
  onProgress?: OnArchiveProgress | undefined
  /** Cancels it. Up to the step `opening` everything that was made is taken away again. */
  signal?: AbortSignal | undefined
}

export interface ImportedTenant {
  tenant: TenantRecord
  rows: number
  /** What stood in each table of the archive and stands in the new tenant's, compared row for row. */
  tables: { name: string; rows: number; sha256: string }[]
  /** Attached files whose bytes came with it. */
  files: number
  /** People of the archive who have an account here, by e-mail: they are members again. */
  members: number
  /** People who have none: what they wrote keeps their name. */
  namesOnly: number
}

/** How a tenant without rows is made; see Database.createTenant. */
export type MakeTenant = (input: NewTenant) => Promise<TenantRecord>

/** See Database.importTenant. Nothing is made before the whole archive has been read and compared with its manifest. */
export async function importTenant(
  installation: Installation,
  options: ImportOptions,
  makeTenant: MakeTenant,
): Promise<ImportedTenant> {
  const { path, tenantKey, name, details, onProgress, signal } = options
  requireGoing(signal)
  using archive = await openArchive(path, {
    schemaVersionMax: installation.schema.version,
    onProgress,
    signal,
  })
  const people = await listPeople(archive)
  const matched = await matchPeople(installation.master, people)
  requireGoing(signal)
  await onProgress?.({ step: 'making', table: null, done: 0, total: null })
  await makeTenant({ tenantKey, name: name ?? archive.manifest.name, details })
  try {
    const tenant = await fillAndOpen(installation, { options, archive, matched })
    return report(tenant, { archive, people, matched, hasStore: options.files !== undefined })
  } catch (error) {
    await takeAway(installation, tenantKey)
    throw error instanceof ArchiveError || error instanceof DatabaseError ? error : doesNotFit(error)
  }
}

/** Somebody else may have done it already: what is missing is what was wanted. */
async function takeAway(installation: Installation, tenantKey: string): Promise<void> {
  await dropTenant(installation, tenantKey).catch((error: unknown) => {
    if (!(error instanceof DatabaseError && error.code === 'TENANT_UNKNOWN')) throw error
  })
}

interface Filling {
  options: ImportOptions
  archive: Archive
  matched: MatchedPeople
}

async function fillAndOpen(
  installation: Installation,
  { options, archive, matched }: Filling,
): Promise<TenantRecord> {
  const { tenantKey, files, onProgress, signal } = options
  // Nobody goes in before everything is there.
  await setTenantStatus(installation, tenantKey, 'suspended')
  const entry = await installation.directory.get(tenantKey)
  await fillTenant(installation, { entry, archive, matched, onProgress, signal })
  if (files) await putFiles(archive, { store: files, tenantId: entry.record.id, onProgress, signal })
  requireGoing(signal)
  await onProgress?.({ step: 'opening', table: null, done: 0, total: null })
  await addMembers(installation, entry.record, matched)
  return setTenantStatus(installation, tenantKey, 'active')
}

interface Reported {
  archive: Archive
  people: readonly ArchivedPerson[]
  matched: MatchedPeople
  hasStore: boolean
}

function report(tenant: TenantRecord, { archive, people, matched, hasStore }: Reported): ImportedTenant {
  const tables = archive.manifest.tables.map(({ name, rows, sha256 }) => ({ name, rows, sha256 }))
  return {
    tenant,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    tables,
    files: hasStore ? archive.files.length : 0,
    members: matched.memberIds.size,
    namesOnly: people.length - matched.memberIds.size,
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
