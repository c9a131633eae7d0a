import type { Migration } from 'kysely/migration'
import { customerDesk } from './migrations/0001-customer-desk.ts'
import { knownPermissions } from './migrations/0002-known-permissions.ts'

/** In order; a name once released never changes. */
export const TENANT_MIGRATIONS: Record<string, Migration> = {
  '0001-customer-desk': customerDesk,
  '0002-known-permissions': knownPermissions,
}

/** The version that this process expects of a tenant's database: how many migrations there are. */
export const TENANT_SCHEMA_VERSION = Object.keys(TENANT_MIGRATIONS).length
