import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Installation } from '../installation.ts'
import type { ArchiveFiles } from './archived-files.ts'
import { exportTenant } from './export-tenant.ts'
import { type ImportedTenant, type ImportOptions, importTenant, type MakeTenant } from './import-tenant.ts'

export interface CloneOptions extends Omit<ImportOptions, 'path' | 'files'> {
  /** Which one is copied. */
  tenantKey: string
  /** Of the new one. */
  cloneKey: string
  /** Where the bytes of attached files are. Left out: the copy has their rows alone. */
  files?: ArchiveFiles | undefined
}

/** See Database.cloneTenant: out into an archive and in again, so that a clone is compared as an import is. */
export async function cloneTenant(
  installation: Installation,
  { tenantKey, cloneKey, ...options }: CloneOptions,
  makeTenant: MakeTenant,
): Promise<ImportedTenant> {
  const folder = await mkdtemp(join(tmpdir(), 'sarai-clone-'))
  const { files, onProgress, signal } = options
  try {
    const path = join(folder, 'tenant.zip')
    await exportTenant(installation, tenantKey, { path, files, onProgress, signal })
    return await importTenant(installation, { ...options, path, tenantKey: cloneKey }, makeTenant)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
