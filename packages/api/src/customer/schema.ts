import { z } from 'zod'

export const CUSTOMER_NAME_LENGTH_MAX = 120
export const CUSTOMER_EMAIL_LENGTH_MAX = 254
export const CUSTOMER_PHONE_LENGTH_MAX = 32
export const CUSTOMER_COMPANY_LENGTH_MAX = 120
export const CUSTOMER_CITY_LENGTH_MAX = 80
export const CUSTOMER_ABOUT_LENGTH_MAX = 2_000
export const CUSTOMER_SEARCH_LENGTH_MAX = 100
export const CUSTOMER_LIST_LIMIT_MAX = 100
export const CUSTOMER_LIST_LIMIT_DEFAULT = 50
const CURSOR_LENGTH_MAX = 500

/** Half a surrogate pair cannot be stored, and NUL is cut off or refused by what reads it later. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
const NOT_STORABLE = 'This text contains characters that cannot be saved. Type it again.'
const storable = z.string().refine(isStorable, { error: NOT_STORABLE })

/** An empty field in a form means "none". */
function optionalText(lengthMax: number) {
  return storable
    .trim()
    .max(lengthMax)
    .transform((text) => (text === '' ? null : text))
    .nullish()
}

const email = optionalText(CUSTOMER_EMAIL_LENGTH_MAX).pipe(z.email().nullish())

const fields = {
  name: storable.trim().min(1).max(CUSTOMER_NAME_LENGTH_MAX),
  email,
  phone: optionalText(CUSTOMER_PHONE_LENGTH_MAX),
  company: optionalText(CUSTOMER_COMPANY_LENGTH_MAX),
  city: optionalText(CUSTOMER_CITY_LENGTH_MAX),
  about: optionalText(CUSTOMER_ABOUT_LENGTH_MAX),
}

export const CreateCustomerInput = z.strictObject(fields)
export type CreateCustomerInput = z.infer<typeof CreateCustomerInput>

/** A field that is left out stays as it is; null or '' clears it. */
export const UpdateCustomerInput = z.strictObject({
  id: z.uuid(),
  /** The version that was edited. If the customer has moved on since: CONFLICT with the current one. */
  version: z.int().positive().optional(),
  ...fields,
  name: fields.name.optional(),
})
export type UpdateCustomerInput = z.infer<typeof UpdateCustomerInput>

export const CUSTOMER_SORTS = ['name', '-name', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const

export const ListCustomersInput = z.strictObject({
  search: storable.trim().max(CUSTOMER_SEARCH_LENGTH_MAX).optional(),
  tagId: z.uuid().optional(),
  archived: z.boolean().optional(),
  sort: z.enum(CUSTOMER_SORTS).optional(),
  cursor: z.string().max(CURSOR_LENGTH_MAX).nullish(),
  limit: z.int().min(1).max(CUSTOMER_LIST_LIMIT_MAX).optional(),
})
export type ListCustomersInput = z.infer<typeof ListCustomersInput>

export const CustomerIdInput = z.strictObject({ id: z.uuid() })
export type CustomerIdInput = z.infer<typeof CustomerIdInput>
