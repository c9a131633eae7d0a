import type { TenantTables } from '@sarai/db'
import type { Insertable } from 'kysely'
import { NOTES } from './content/notes.ts'
import type { Business } from './content/dialogue.ts'
import type { DemoCustomer } from './make-customers.ts'
import { Random } from './random.ts'

const DAY_MS = 86_400_000
const COLORS = ['amber', 'blue', 'green', 'violet', 'gray', 'pink'] as const
/** Its own numbers, so that cards do not change who the customers are. */
const SEED_OF_CARDS = 77

interface CardInput {
  business: Business
  customers: readonly DemoCustomer[]
  /** Who writes notes and adds customers. */
  memberIds: readonly string[]
  now: Date
}

export interface DemoCards {
  fields: Insertable<TenantTables['customer_fields']>[]
  values: Insertable<TenantTables['customer_field_values']>[]
  notes: Insertable<TenantTables['customer_notes']>[]
  events: Insertable<TenantTables['customer_events']>[]
}

/** What the cards hold besides the customers themselves: fields of the business's own, notes, how each came and went. */
export function makeCards(input: CardInput): DemoCards {
  const random = new Random(input.business.seed + SEED_OF_CARDS)
  const fields = makeFields(input, random)
  return {
    fields,
    values: input.customers.flatMap(({ row }) => makeValues(row.id, { input, fields, random })),
    notes: input.customers.flatMap((customer) => makeNotes(customer, input, random)),
    events: input.customers.flatMap(({ row }) => makeEvents(row, input, random)),
  }
}

export function colorOf(index: number): (typeof COLORS)[number] {
  return COLORS[index % COLORS.length] ?? 'gray'
}

function makeFields({ business, now }: CardInput, random: Random): DemoCards['fields'] {
  return business.fields.map(({ name, kind, options = [] }, position) => ({
    id: random.id(new Date(0)),
    name,
    kind,
    options: JSON.stringify(options),
    position,
    created_at: now,
  }))
}

function makeValues(
  customerId: string,
  { input, fields, random }: { input: CardInput; fields: DemoCards['fields']; random: Random },
): DemoCards['values'] {
  return input.business.fields.flatMap(({ values, share }, index) => {
    const field = fields[index]
    if (!field || !random.chance(share)) return []
    return [{ customer_id: customerId, field_id: field.id, value: random.pick(values) }]
  })
}

function makeNotes({ row, language }: DemoCustomer, { memberIds, now }: CardInput, random: Random) {
  if (!random.chance(0.3)) return []
  return Array.from({ length: random.int(1, 2) }, () => {
    const at = new Date(
      now.getTime() - random.next() * Math.min(45 * DAY_MS, now.getTime() - row.created_at.getTime()),
    )
    return {
      id: random.id(at),
      customer_id: row.id,
      author_id: random.pick(memberIds),
      body: random.pick(NOTES[language]),
      created_at: at,
    }
  })
}

function makeEvents(row: DemoCustomer['row'], { memberIds }: CardInput, random: Random): DemoCards['events'] {
  const event = (kind: string, at: Date) => ({
    id: random.id(at),
    customer_id: row.id,
    kind,
    actor_id: random.pick(memberIds),
    details: '{}',
    created_at: at,
  })
  const archivedAt = row.archived_at
  return [
    event('created', row.created_at),
    ...(archivedAt instanceof Date ? [event('archived', archivedAt)] : []),
  ]
}
