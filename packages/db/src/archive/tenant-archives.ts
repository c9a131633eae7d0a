import type { Installation } from '../installation.ts'
import { createTenant } from '../provision/create-tenant.ts'
import { type CloneOptions, cloneTenant } from './clone-tenant.ts'
import { type ExportOptions, exportTenant } from './export-tenant.ts'
import { type ImportedTenant, type ImportOptions, importTenant, type MakeTenant } from './import-tenant.ts'
import type { Manifest } from './manifest.ts'

/** A tenant in one file. */
export interface TenantArchives {
  /**
   * Writes a tenant into one file: a zip with a table in each entry, a row of JSON in each line, the bytes of attached
   * files if `files` says where they are, and a manifest with the schema's version, counts and SHA-256 hashes. All tables
   * as they were at one moment; memory stays small. Passwords, API keys and invitations are not in it: they are good for
   * this tenant alone. Also for a suspended or archived tenant.
   *
   * @throws DatabaseError TENANT_UNKNOWN; ABORTED once `signal` is aborted, also in the middle of a table; whatever the
   * file system says of `path`, and the file store of a file. Nothing is left behind.
   */
  exportTenant(tenantKey: string, options: ExportOptions): Promise<Manifest>

  /**
   * Makes a tenant of such a file, under any free key. The whole file is read and compared with its manifest before
   * anything is made, and what came out of the new tables with what was put in before anybody may enter. An archive of an
   * older schema is filled in as it was and then migrated. People are matched by e-mail and are members again; who
   * has no account here keeps their name on what they wrote. Jobs that were under way are ended: they go on where the
   * archive was made.
   *
   * @throws ArchiveError for a file that is damaged, cut off, hostile or of a newer Sarai; DatabaseError TENANT_EXISTS;
   * ABORTED once `signal` is aborted. Nothing is left behind but files in the store, which go as those of a deleted tenant.
   */
  importTenant(options: ImportOptions): Promise<ImportedTenant>

  /** exportTenant and importTenant in one, through a temporary file. @throws as they do */
  cloneTenant(options: CloneOptions): Promise<ImportedTenant>
}

export function openArchives(installation: Installation): TenantArchives {
  const makeTenant: MakeTenant = (input) => createTenant(installation, input)
  return {
    exportTenant: (tenantKey, options) => exportTenant(installation, tenantKey, options),
    importTenant: (options) => importTenant(installation, options, makeTenant),
    cloneTenant: (options) => cloneTenant(installation, options, makeTenant),
  }
}
