import type { Customer, CustomerField, CustomerOwner, FieldValue } from '@sarai/api'
import type { FIELD_KINDS, UpdateCustomerInput } from '@sarai/api/customer/schema'
import type { EditedField } from './merge-edits.ts'

/**
 * What is edited where it stands: a detail that every customer has, who of these is responsible (by their ids), or a field
 * of the tenant's own.
 */
export type InPlaceTarget =
  | { detail: EditedField }
  | { owners: readonly CustomerOwner[] }
  | { own: CustomerField }

export function readTarget(customer: Customer, target: InPlaceTarget): FieldValue | null {
  if ('owners' in target) return customer.owner?.id ?? null
  return 'detail' in target ? customer[target.detail] : (customer.fields[target.own.id] ?? null)
}

/** The customer as they will be, to be shown before the server has answered. */
export function withTarget(customer: Customer, target: InPlaceTarget, value: FieldValue | null): Customer {
  if ('owners' in target) return { ...customer, owner: target.owners.find(({ id }) => id === value) ?? null }
  if ('detail' in target) return { ...customer, [target.detail]: value }
  const { [target.own.id]: _before, ...fields } = customer.fields
  return { ...customer, fields: value === null ? fields : { ...fields, [target.own.id]: value } }
}

function kindOf(target: InPlaceTarget): (typeof FIELD_KINDS)[number] {
  if ('owners' in target) return 'choice'
  return 'own' in target ? target.own.kind : 'text'
}

/** Chosen from a list: nothing that was typed can be lost. */
export function isChosen(target: InPlaceTarget): boolean {
  return kindOf(target) === 'choice' || kindOf(target) === 'boolean'
}

export function toPatch(target: InPlaceTarget, value: FieldValue | null): Partial<UpdateCustomerInput> {
  if ('owners' in target) return { ownerId: value === null ? null : String(value) }
  return 'detail' in target ? { [target.detail]: value ?? '' } : { fields: { [target.own.id]: value } }
}

/** As people read it: of an owner the name. */
export function toShown(target: InPlaceTarget, value: FieldValue | null): string {
  if (!('owners' in target)) return toText(value)
  return target.owners.find(({ id }) => id === value)?.name ?? ''
}

/** As the control holds it: a text, empty for no value. */
export function toText(value: FieldValue | null): string {
  return value === null ? '' : String(value)
}

/** What the text means for the field; null for none. A number that is none stays a text, which the server refuses. */
export function fromText(target: InPlaceTarget, text: string): FieldValue | null {
  const written = text.trim()
  if (written === '') return null
  const kind = kindOf(target)
  if (kind === 'boolean') return written === 'true'
  if (kind !== 'number') return written
  const number = Number(toAsciiNumber(written))
  // JSON has no infinity: it would be sent as no value at all.
  return Number.isFinite(number) ? number : written
}

/** ۱۲٫۵ and ١٢٫٥ are 12.5. */
function toAsciiNumber(text: string): string {
  return text
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replaceAll('٫', '.')
    .replaceAll(/[,٬\s]/g, '')
}
