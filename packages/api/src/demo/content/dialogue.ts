import type { CustomerFieldKind } from '@sarai/db'

export type Language = 'en' | 'ur'

/** `note`: a private note between members. Words in braces are filled in: {name} {product} {order} {city} {agent} {amount} {day}. */
export interface Line {
  by: 'customer' | 'agent' | 'note'
  text: string
}

export interface Dialogue {
  subject: string
  lines: readonly Line[]
}

/** Everything that makes one demo business believable. */
export interface Business {
  tenantKey: string
  name: string
  seed: number
  customersCount: number
  conversationsCount: number
  products: Record<Language, readonly string[]>
  dialogues: Record<Language, readonly Dialogue[]>
  tags: readonly string[]
  fields: readonly DemoField[]
}

/** A field of the business's own, and what customers have in it. */
export interface DemoField {
  name: string
  kind: CustomerFieldKind
  options?: readonly string[]
  /** As they are stored. */
  values: readonly string[]
  /** How many of the customers have one. */
  share: number
}

/** Short for content files: c = customer, a = agent, n = private note. */
export const c = (text: string): Line => ({ by: 'customer', text })
export const a = (text: string): Line => ({ by: 'agent', text })
export const n = (text: string): Line => ({ by: 'note', text })
