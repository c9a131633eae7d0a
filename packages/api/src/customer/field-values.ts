import type { CustomerFieldRow } from '@sarai/db'
import { z } from 'zod'
import { DomainError } from '../errors.ts'
import type { FieldChange, FieldValue } from './model.ts'
import type { Db } from './queries.ts'

export type GivenValues = Record<string, FieldValue | null>

const CalendarDate = z.iso.date()
const NOT_OF_THE_KIND = {
  text: 'Write a text.',
  number: 'Write a number.',
  date: 'Write a date, like 2026-03-21.',
  choice: 'Choose one of the list.',
  boolean: 'Choose yes or no.',
} as const

/** The values of many customers by customer and field. One statement. */
export async function findFieldValues(
  db: Db,
  customerIds: readonly string[],
): Promise<Map<string, Record<string, FieldValue>>> {
  const rows = await db
    .selectFrom('customer_field_values as stored')
    .innerJoin('customer_fields as field', 'field.id', 'stored.field_id')
    .where('stored.customer_id', 'in', customerIds)
    .where('field.archived_at', 'is', null)
    .select(['stored.customer_id', 'stored.field_id', 'stored.value', 'field.kind'])
    .execute()
  const byCustomer = new Map<string, Record<string, FieldValue>>()
  for (const { customer_id, field_id, value, kind } of rows) {
    const values = byCustomer.get(customer_id) ?? {}
    byCustomer.set(customer_id, { ...values, [field_id]: readValue(kind, value) })
  }
  return byCustomer
}

function readValue(kind: CustomerFieldRow['kind'], stored: string): FieldValue {
  if (kind === 'number') return Number(stored)
  return kind === 'boolean' ? stored === 'true' : stored
}

interface Values {
  customerId: string
  given: GivenValues
  /** A new customer has to have what is required; another only may not lose it. */
  isNew: boolean
}

/**
 * Writes the values that are given and says what changed. INVALID with `fields.<id>` for a value that is not of the
 * field's kind and for a required one that is missing; NOT_FOUND for a field that is not there or archived.
 */
export async function saveFieldValues(trx: Db, { customerId, given, isNew }: Values): Promise<FieldChange[]> {
  if (!isNew && Object.keys(given).length === 0) return []
  const fields = await trx
    .selectFrom('customer_fields')
    .selectAll()
    .where('archived_at', 'is', null)
    .execute()
  const byId = new Map(fields.map((field) => [field.id, field]))
  if (Object.keys(given).some((id) => !byId.has(id))) {
    throw new DomainError('NOT_FOUND', 'This field does not exist any more. Load the page again.')
  }
  const values = new Map(Object.entries(given).map(([id, value]) => [id, value === '' ? null : value]))
  refuseWrong(fields, { values, isNew })
  const before = (await findFieldValues(trx, [customerId])).get(customerId) ?? {}
  const changes: FieldChange[] = []
  for (const [id, to] of values) {
    const from = before[id] ?? null
    if (from === to) continue
    await writeValue(trx, { customerId, fieldId: id, value: to })
    changes.push({ field: 'field', label: byId.get(id)?.name ?? '', from, to })
  }
  return changes
}

function refuseWrong(
  fields: readonly CustomerFieldRow[],
  { values, isNew }: { values: ReadonlyMap<string, FieldValue | null>; isNew: boolean },
): void {
  const wrong: Record<string, string[]> = {}
  for (const field of fields) {
    const value = values.get(field.id)
    const isMissing = value === null || (value === undefined && isNew)
    if (field.required === 1 && isMissing) wrong[`fields.${field.id}`] = [`${field.name} is needed.`]
    if (value !== null && value !== undefined && !fits(field, value)) {
      wrong[`fields.${field.id}`] = [NOT_OF_THE_KIND[field.kind]]
    }
  }
  if (Object.keys(wrong).length === 0) return
  throw new DomainError('INVALID', 'Some fields are not right. Check them and try again.', { fields: wrong })
}

/** Whether a value is of the field's kind, and for a choice one of its options. */
export function fits(
  { kind, options }: Pick<CustomerFieldRow, 'kind' | 'options'>,
  value: FieldValue,
): boolean {
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (kind === 'boolean') return typeof value === 'boolean'
  if (typeof value !== 'string') return false
  if (kind === 'date') return CalendarDate.safeParse(value).success
  return kind === 'text' || options.includes(value)
}

async function writeValue(
  trx: Db,
  { customerId, fieldId, value }: { customerId: string; fieldId: string; value: FieldValue | null },
): Promise<void> {
  if (value === null) {
    await trx
      .deleteFrom('customer_field_values')
      .where('customer_id', '=', customerId)
      .where('field_id', '=', fieldId)
      .execute()
    return
  }
  await trx
    .replaceInto('customer_field_values')
    .values({ customer_id: customerId, field_id: fieldId, value: String(value) })
    .execute()
}
