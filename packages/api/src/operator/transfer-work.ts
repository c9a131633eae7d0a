import {
  ArchiveError,
  type ArchiveProgress,
  detailsOf,
  type ImportedTenant,
  type Manifest,
  type RunningTransfer,
  type TransferFailure,
} from '@sarai/db'
import type { Context } from '../context.ts'
import { DomainError, toWireError } from '../errors.ts'
import { addMember } from '../permission/add-member.ts'

type Working = Pick<Context, 'database' | 'files'>

/** What an export has written: as compared with it by whoever reads it in again. */
export interface ExportResult {
  schemaVersion: number
  rows: number
  tables: { name: string; rows: number; sha256: string }[]
  /** Attached files in it, and those that the file store did not have as their rows say. */
  files: number
  filesUnreadable: number
  /** Of the archive in the file store; null: it went to a file at the command line. */
  archive: { bytes: number; sha256: string } | null
}

/** What stands in the tenant that was made, compared with what was put in. */
export interface CopyResult extends Omit<ImportedTenant, 'tenant'> {
  schemaVersion: number
}

/** How a transfer is done in detail, for either face. */
export interface WorkOptions {
  onProgress?: ((progress: ArchiveProgress) => void) | undefined
}

function toBoth({ tell }: RunningTransfer, { onProgress }: WorkOptions) {
  return (progress: ArchiveProgress) => {
    onProgress?.(progress)
    return tell(progress)
  }
}

/** Into a file that is not there yet. */
export async function exportTo(
  { database, files }: Working,
  transfer: RunningTransfer,
  { tenantKey, path, ...options }: WorkOptions & { tenantKey: string; path: string },
): Promise<ExportResult> {
  const manifest = await database.exportTenant(tenantKey, {
    path,
    files: files.store,
    signal: transfer.signal,
    onProgress: toBoth(transfer, options),
  })
  return describeExport(manifest)
}

function describeExport({ schemaVersion, tables, files }: Manifest): ExportResult {
  return {
    schemaVersion,
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
    tables: tables.map(({ name, rows, sha256 }) => ({ name, rows, sha256 })),
    files: files?.count ?? 0,
    filesUnreadable: files?.unreadable.length ?? 0,
    archive: null,
  }
}

/** Of the tenant that is made. */
export interface Into extends WorkOptions {
  intoKey: string
  name?: string | undefined
  ownerId: string | undefined
}

export async function importFrom(
  ctx: Working,
  transfer: RunningTransfer,
  { path, ...into }: Into & { path: string },
): Promise<ImportedTenant> {
  return withOwner(ctx, into, () =>
    ctx.database.importTenant({ ...optionsOf(ctx, transfer, into), path, tenantKey: into.intoKey }),
  )
}

export async function cloneFrom(
  ctx: Working,
  transfer: RunningTransfer,
  { tenantKey, ...into }: Into & { tenantKey: string },
): Promise<ImportedTenant> {
  return withOwner(ctx, into, () =>
    ctx.database.cloneTenant({ ...optionsOf(ctx, transfer, into), tenantKey, cloneKey: into.intoKey }),
  )
}

function optionsOf({ files }: Working, transfer: RunningTransfer, into: Into) {
  return {
    name: into.name,
    files: files.store,
    details: detailsOf(transfer.id),
    signal: transfer.signal,
    onProgress: toBoth(transfer, into),
  }
}

/** Somebody who can let others in. Without one it has the members that the archive has and this installation knows. */
async function withOwner(
  { database }: Working,
  { ownerId }: Into,
  make: () => Promise<ImportedTenant>,
): Promise<ImportedTenant> {
  const imported = await make()
  if (ownerId !== undefined)
    await addMember(database, { tenant: imported.tenant, userId: ownerId, role: 'owner' })
  return imported
}

export function describeCopy({ tenant, ...counts }: ImportedTenant): CopyResult {
  return { ...counts, schemaVersion: tenant.schemaVersion }
}

/** @throws DomainError NOT_FOUND, before anything is made, for an owner whom nobody knows */
export async function findOwnerId(
  { database }: Working,
  ownerEmail: string | undefined,
): Promise<string | undefined> {
  if (ownerEmail === undefined) return undefined
  const user = await database.master
    .selectFrom('users')
    .select('id')
    .where('email', '=', ownerEmail.trim().toLowerCase())
    .executeTakeFirst()
  if (user) return user.id
  throw new DomainError(
    'NOT_FOUND',
    'Nobody signs in with the e-mail address of the owner. Make them first.',
    {
      details: { reason: 'no-owner' },
    },
  )
}

/** A code that a page has words for, and the words of whoever failed, for an operator. */
export function describeFailure(error: unknown): TransferFailure {
  if (error instanceof ArchiveError) return { code: 'ARCHIVE', message: error.message }
  const wire = toWireError(error)
  if (wire) return { code: wire.code, message: wire.userMessage }
  const message = error instanceof Error ? error.message : String(error)
  const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
  return { code: isFull ? 'DISK_FULL' : 'INTERNAL', message }
}
