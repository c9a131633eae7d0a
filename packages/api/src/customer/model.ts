import type { ConversationEventKind, CustomerFieldKind, CustomerFieldRow, CustomerRow } from '@sarai/db'
import type { TagColor } from './schema.ts'

export interface CustomerTag {
  id: string
  name: string
  color: TagColor
}

/** The member who is responsible for a customer. */
export interface CustomerOwner {
  id: string
  name: string
  /** They are a member no more; somebody else should take over. */
  hasLeft?: true
}

export type FieldValue = string | number | boolean

/** A customer as it crosses the wire. */
export interface Customer {
  id: string
  name: string
  email: string | null
  phone: string | null
  company: string | null
  city: string | null
  about: string | null
  owner: CustomerOwner | null
  tags: CustomerTag[]
  /** Fields of the tenant's own, by their id; those without a value are not in it. */
  fields: Record<string, FieldValue>
  version: number
  archivedAt: string | null
  /** The customer whom this one has become part of: show that one instead. */
  mergedInto: string | null
  createdAt: string
  updatedAt: string
}

export function toCustomer(
  row: CustomerRow,
  { owner, tags, fields }: Pick<Customer, 'owner' | 'tags' | 'fields'>,
): Customer {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    company: row.company,
    city: row.city,
    about: row.about,
    owner,
    tags,
    fields,
    version: row.version,
    archivedAt: row.archived_at?.toISOString() ?? null,
    mergedInto: row.merged_into,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

/** A field of the tenant's own. */
export interface CustomerField {
  id: string
  name: string
  kind: CustomerFieldKind
  /** What may be chosen, in order; empty for the other kinds. */
  options: string[]
  required: boolean
  archivedAt: string | null
}

export function toField(row: CustomerFieldRow): CustomerField {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    options: row.options,
    required: row.required === 1,
    archivedAt: row.archived_at?.toISOString() ?? null,
  }
}

export interface FieldChange {
  /** `name`, `email` …, or `field` for one of the tenant's own, whose name then was `label`. An owner is a name. */
  field: 'name' | 'email' | 'phone' | 'company' | 'city' | 'about' | 'owner' | 'field'
  label?: string
  from: FieldValue | null
  to: FieldValue | null
}

/** What happened to a customer. */
export type CustomerEvent =
  | { kind: 'created' | 'archived' | 'restored' }
  /** `file`: by an import of a file of this name. */
  | { kind: 'edited'; changes: FieldChange[]; file?: string }
  | { kind: 'imported'; file: string }
  | { kind: 'tagged'; added: string[]; removed: string[] }
  /** Others, by their names then, became part of this one. */
  | { kind: 'merged'; mergeId: string; names: string[]; isUndone?: boolean }
  | { kind: 'separated'; names: string[] }

export interface CustomerNote {
  id: string
  body: string
  editedAt: string | null
}

/** One line of a customer's timeline. */
export type TimelineItem = {
  id: string
  at: string
  /** null: nobody of the members; the customer or the system. */
  actor: { id: string; name: string; /** One of the tenant's API keys. */ isKey?: true } | null
} & (
  | { type: 'event'; event: CustomerEvent }
  | { type: 'note'; note: CustomerNote }
  | {
      type: 'conversation'
      event: ConversationEventKind
      conversation: { id: string; subject: string | null }
      /** For `assigned`: to whom. */
      target: string | null
    }
)
