import type { Customer, CustomerField, FieldValue } from '@sarai/api'
import type { UpdateCustomerInput } from '@sarai/api/customer/schema'
import type { EditedField } from './merge-edits.ts'

/** What is edited where it stands: a detail that every customer has, or a field of the tenant's own. */
export type InPlaceTarget = { detail: EditedField } | { own: CustomerField }

export function readTarget(customer: Customer, target: InPlaceTarget): FieldValue | null {
  return 'detail' in target ? customer[target.detail] : (customer.fields[target.own.id] ?? null)
}

export function toPatch(target: InPlaceTarget, value: FieldValue | null): Partial<UpdateCustomerInput> {
  return 'detail' in target ? { [target.detail]: value ?? '' } : { fields: { [target.own.id]: value } }
}

/** As the control holds it: a text, empty for no value. */
export function toText(value: FieldValue | null): string {
  return value === null ? '' : String(value)
}

/** What the text means for the field; null for none. A number that is none stays a text, which the server refuses. */
export function fromText(target: InPlaceTarget, text: string): FieldValue | null {
  const written = text.trim()
  if (written === '') return null
  const kind = 'own' in target ? target.own.kind : 'text'
  if (kind === 'boolean') return written === 'true'
  if (kind !== 'number') return written
  const number = Number(toAsciiNumber(written))
  return Number.isNaN(number) ? written : number
}

/** ۱۲٫۵ and ١٢٫٥ are 12.5. */
function toAsciiNumber(text: string): string {
  return text
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replaceAll('٫', '.')
    .replaceAll(/[,٬\s]/g, '')
}
