import type { Generated, JSONColumnType } from 'kysely'
import type { Computed, Nullable, NullableTimestamp, Timestamp } from './tables.ts'

export interface CustomersTable {
  id: string
  name: string
  email: Nullable<string>
  /** E.164 */
  phone: Nullable<string>
  company: Nullable<string>
  city: Nullable<string>
  about: Nullable<string>
  /** The member who is responsible; may have left since. */
  owner_id: Nullable<string>
  /** Counts edits; an edit made against an older version is refused. */
  version: Generated<number>
  archived_at: NullableTimestamp
  archived_by: Nullable<string>
  /** The customer whom this one has become part of. It is archived as well, and nothing of it is changed any more. */
  merged_into: Nullable<string>
  created_by: Nullable<string>
  created_at: Timestamp
  updated_at: Timestamp
  /** The e-mail in lower case while the customer is not archived, else null: unique among the living. */
  live_email: Computed<string | null>
  live_phone: Computed<string | null>
  /** Name, company and e-mail in the one way of writing of fold.ts, with U+001F between. */
  folded: Computed<string>
  folded_name: Computed<string | null>
  /** The words of `folded_name` with one space between: what names are compared by. */
  name_words: Computed<string>
  folded_company: Computed<string | null>
  folded_email: Computed<string | null>
  /** Every word of `folded` and the beginnings of the phone, a space before each; the phone's digits also backwards, after a `-`. */
  search_text: Computed<string>
}

/** The words of `customers.search_text`, written by indexCustomers. */
export interface CustomerTermsTable {
  term: string
  customer_id: string
}

export interface TagsTable {
  id: string
  name: string
  /** One of the names in the api package's customer/schema.ts. */
  color: Generated<string>
  created_at: Timestamp
}

export interface CustomerTagsTable {
  customer_id: string
  tag_id: string
}

export interface CustomerNotesTable {
  id: string
  customer_id: string
  author_id: string
  body: string
  created_at: Timestamp
  edited_at: NullableTimestamp
  /** Kept, so that the deletion can be undone. */
  deleted_at: NullableTimestamp
}

/** What happened to a customer, for its timeline. What happened to conversations is in conversation_events. */
export interface CustomerEventsTable {
  id: string
  customer_id: string
  kind: string
  /** The member who did it; null for the system. */
  actor_id: Nullable<string>
  details: JSONColumnType<object, string, never>
  created_at: Timestamp
}

export type CustomerFieldKind = 'text' | 'number' | 'date' | 'choice' | 'boolean'

/** Fields of the tenant's own. */
export interface CustomerFieldsTable {
  id: string
  name: string
  kind: CustomerFieldKind
  /** What may be chosen; empty for the other kinds. */
  options: JSONColumnType<string[], string, string>
  /** 1: a new customer has to have it. */
  required: Generated<number>
  position: number
  archived_at: NullableTimestamp
  created_at: Timestamp
}

export interface CustomerFieldValuesTable {
  customer_id: string
  field_id: string
  /** As text: a number in JavaScript's writing, a date as YYYY-MM-DD, `true` or `false`. No row: no value. */
  value: string
}
