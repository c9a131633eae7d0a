import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Installation } from '../installation.ts'
import { type ArchiveProgress, exportTenant } from './export-tenant.ts'
import { type ImportedTenant, importTenant, type MakeTenant } from './import-tenant.ts'

export interface CloneOptions {
  tenantKey: string
  /** Of the new one. */
  cloneKey: string
  /** Default: as the old one. */
  name?: string | undefined
  onProgress?: ((progress: ArchiveProgress) => void) | undefined
}

/** See Database.cloneTenant: out into an archive and in again, so that a clone is compared as an import is. */
export async function cloneTenant(
  installation: Installation,
  { tenantKey, cloneKey, name, onProgress }: CloneOptions,
  makeTenant: MakeTenant,
): Promise<ImportedTenant> {
  const folder = await mkdtemp(join(tmpdir(), 'sarai-clone-'))
  try {
    const path = join(folder, 'tenant.zip')
    await exportTenant(installation, tenantKey, { path, onProgress })
    return await importTenant(installation, { path, tenantKey: cloneKey, name, onProgress }, makeTenant)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
