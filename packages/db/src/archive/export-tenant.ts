import { link, open, rm } from 'node:fs/promises'
import { newId } from '../id.ts'
import type { Installation } from '../installation.ts'
import { asTenant } from './as-tenant.ts'
import type { ArchiveFiles } from './archived-files.ts'
import type { Manifest } from './manifest.ts'
import { type OnArchiveProgress, requireGoing } from './progress.ts'
import { writeArchive } from './write-archive.ts'

export interface ExportOptions {
  /** A file that is not there yet; it appears when it is whole. */
  path: string
  /** Where the bytes of attached files are read. Left out: their rows are in the archive, and not their bytes. */
  files?: Pick<ArchiveFiles, 'read'> | undefined
  onProgress?: OnArchiveProgress | undefined
  /** Cancels it, also in the middle of a table. */
  signal?: AbortSignal | undefined
}

/** See Database.exportTenant. */
export async function exportTenant(
  installation: Installation,
  tenantKey: string,
  { path, files, onProgress, signal }: ExportOptions,
): Promise<Manifest> {
  requireGoing(signal)
  const entry = await installation.directory.get(tenantKey)
  const draft = `${path}.${newId()}.part`
  // Before a connection is taken: whether the file can be made has nothing to do with the server.
  const file = await open(draft, 'wx', 0o600)
  try {
    const manifest = await asTenant(installation, entry, {
      label: `export tenant ${tenantKey}`,
      signal,
      work: (connection, gone) =>
        writeArchive(connection, { file, record: entry.record, files, onProgress, gone }),
    })
    requireGoing(signal)
    // Unlike a rename it never takes the place of a file that is there.
    await link(draft, path)
    return manifest
  } finally {
    await file.close().catch(() => undefined)
    await rm(draft, { force: true })
  }
}
