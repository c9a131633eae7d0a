import type { TenantRecord, TenantStatus } from '@sarai/db'

/** A tenant as it crosses the wire: never a secret, nor where it is placed. */
export interface Tenant {
  tenantKey: string
  name: string
  status: TenantStatus
  schemaVersion: number
  createdAt: string
}

/** What a business says about itself. */
export interface Profile {
  /** The language of whoever has chosen none of their own; null: their browser's. */
  language: 'en' | 'ur' | null
  /** An IANA name. Days and hours of the dashboard are those of this zone. */
  timeZone: string
  /** 0 is Monday. */
  weekStartsOn: number
  /** ISO 3166: whose way of writing is meant by a phone number without a country code. */
  country: string
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
