import type { Customer } from '@sarai/api'

export const EDITED_FIELDS = ['name', 'email', 'phone', 'company', 'city', 'about'] as const
export type EditedField = (typeof EDITED_FIELDS)[number]
/** What the form holds: an empty field is an empty text. */
export type CustomerValues = Record<EditedField, string>

export interface FieldConflict {
  field: EditedField
  mine: string
  theirs: string
}

export function toValues(customer: Partial<Customer>): CustomerValues {
  const { name, email, phone, company, city, about } = customer
  return {
    name: name ?? '',
    email: email ?? '',
    phone: phone ?? '',
    company: company ?? '',
    city: city ?? '',
    about: about ?? '',
  }
}

/**
 * Two people edited the same version: what only one of them changed is kept, and for what both changed
 * differently somebody has to choose. Until then the form keeps one's own.
 */
export function mergeEdits(
  base: CustomerValues,
  mine: CustomerValues,
  theirs: CustomerValues,
): { values: CustomerValues; conflicts: FieldConflict[] } {
  const values = { ...mine }
  const conflicts: FieldConflict[] = []
  for (const field of EDITED_FIELDS) {
    const isMine = mine[field].trim() !== base[field].trim()
    const isTheirs = theirs[field].trim() !== base[field].trim()
    if (isTheirs && !isMine) values[field] = theirs[field]
    if (isTheirs && isMine && mine[field].trim() !== theirs[field].trim()) {
      conflicts.push({ field, mine: mine[field], theirs: theirs[field] })
    }
  }
  return { values, conflicts }
}
