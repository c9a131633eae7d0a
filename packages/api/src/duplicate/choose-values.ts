import type { CustomerRow } from '@sarai/db'
import type { Db } from '../customer/queries.ts'
import { DomainError } from '../errors.ts'
import type { MergeRecord } from './merge-record.ts'
import { MERGED_DETAILS, type MergeCustomersInput } from './schema.ts'

type Detail = (typeof MERGED_DETAILS)[number]
type MergedColumn = Exclude<Detail, 'owner'> | 'owner_id'
type People = readonly [CustomerRow, ...CustomerRow[]]

/** What the survivor's row becomes, and what of it changes. INVALID for a choice of somebody who is not among them. */
export function chooseDetails(
  people: People,
  choices: MergeCustomersInput['details'] = {},
): { set: Partial<Pick<CustomerRow, MergedColumn>>; changed: MergeRecord['details'] } {
  const [survivor] = people
  const set: Record<string, string | null> = {}
  const changed: MergeRecord['details'] = {}
  for (const detail of MERGED_DETAILS) {
    const column = columnOf(detail)
    const value = personAt(people, choices[detail], detail)[column]
    if (value === survivor[column]) continue
    set[column] = value
    changed[detail] = { before: survivor[column], after: value }
  }
  return { set, changed }
}

/** Where a detail stands in the row of a customer. */
export function columnOf(detail: Detail): MergedColumn {
  return detail === 'owner' ? 'owner_id' : detail
}

/** The same for fields of the tenant's own, as their values are stored. Two statements. */
export async function chooseFields(
  trx: Db,
  people: People,
  choices: MergeCustomersInput['fields'] = {},
): Promise<MergeRecord['fields']> {
  const ids = Object.keys(choices)
  if (ids.length === 0) return {}
  await requireFields(trx, ids)
  const stored = await trx
    .selectFrom('customer_field_values')
    .selectAll()
    .where(
      'customer_id',
      'in',
      people.map(({ id }) => id),
    )
    .where('field_id', 'in', ids)
    .execute()
  const valueOf = (customerId: string, fieldId: string) =>
    stored.find((each) => each.customer_id === customerId && each.field_id === fieldId)?.value ?? null
  const changed: MergeRecord['fields'] = {}
  for (const [fieldId, whose] of Object.entries(choices)) {
    const before = valueOf(people[0].id, fieldId)
    const after = valueOf(personAt(people, whose, fieldId).id, fieldId)
    if (before !== after) changed[fieldId] = { before, after }
  }
  return changed
}

async function requireFields(trx: Db, ids: readonly string[]): Promise<void> {
  const found = await trx.selectFrom('customer_fields').select('id').where('id', 'in', ids).execute()
  if (found.length < ids.length) {
    throw new DomainError('NOT_FOUND', 'This field does not exist any more. Load the page again.')
  }
}

function personAt(people: People, whose = 0, field: string): CustomerRow {
  const person = people[whose]
  if (person) return person
  throw new DomainError('INVALID', 'This value is of none of the customers that are merged.', {
    fields: { [field]: [`Choose one of ${people.length}.`] },
  })
}
