import type { CustomerRow } from '@sarai/db'

/** A customer as it crosses the wire. */
export interface Customer {
  id: string
  name: string
  email: string | null
  phone: string | null
  company: string | null
  city: string | null
  about: string | null
  tags: { id: string; name: string }[]
  version: number
  archivedAt: string | null
  createdAt: string
  updatedAt: string
}

export function toCustomer(row: CustomerRow, tags: Customer['tags']): Customer {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    company: row.company,
    city: row.city,
    about: row.about,
    tags,
    version: row.version,
    archivedAt: row.archived_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
