import type { TenantRecord, TenantStatus } from '@sarai/db'

/** A tenant as it crosses the wire: never a secret, nor where it is placed. */
export interface Tenant {
  tenantKey: string
  name: string
  status: TenantStatus
  schemaVersion: number
  createdAt: string
}

export function toTenant(record: TenantRecord): Tenant {
  return {
    tenantKey: record.tenantKey,
    name: record.name,
    status: record.status,
    schemaVersion: record.schemaVersion,
    createdAt: record.createdAt.toISOString(),
  }
}
