import { z } from 'zod'
import {
  CUSTOMER_EMAIL_LENGTH_MAX,
  CUSTOMER_FIELDS_MAX,
  CUSTOMER_NAME_LENGTH_MAX,
  CUSTOMER_PHONE_LENGTH_MAX,
  storable,
} from '../customer/schema.ts'

/** Customers that are merged at once, the one that stays among them. */
export const MERGE_CUSTOMERS_MAX = 10
/** Shown while somebody types: the likeliest first. */
export const MATCHES_MAX = 5
/** Of one group of the finder; a name that more customers share says little, so the rest is only counted. */
export const GROUP_MEMBERS_MAX = 10
export const DUPLICATES_LIMIT_MAX = 50
export const DUPLICATES_LIMIT_DEFAULT = 20
const CURSOR_LENGTH_MAX = 1_000

/** What has been typed so far; whatever cannot be compared yet is left out of the search, not refused. */
export const FindMatchesInput = z.strictObject({
  name: storable.max(CUSTOMER_NAME_LENGTH_MAX).optional(),
  email: storable.max(CUSTOMER_EMAIL_LENGTH_MAX).optional(),
  phone: storable.max(CUSTOMER_PHONE_LENGTH_MAX).optional(),
  /** The customer whose card it is; nor are those found of whom it has been said that they are somebody else. */
  exceptId: z.uuid().optional(),
})
export type FindMatchesInput = z.infer<typeof FindMatchesInput>

export const ListDuplicatesInput = z.strictObject({
  cursor: z.string().max(CURSOR_LENGTH_MAX).nullish(),
  limit: z.int().min(1).max(DUPLICATES_LIMIT_MAX).optional(),
})
export type ListDuplicatesInput = z.infer<typeof ListDuplicatesInput>

const ids = z.array(z.uuid()).min(2).max(MERGE_CUSTOMERS_MAX)

/** Any two of them are not the same person. */
export const TellApartInput = z.strictObject({ ids })
export type TellApartInput = z.infer<typeof TellApartInput>

export const PreviewMergeInput = z.strictObject({ ids })
export type PreviewMergeInput = z.infer<typeof PreviewMergeInput>

/** Whose value stays: 0 is the survivor, 1 the first of `merged`. */
const whose = z
  .int()
  .min(0)
  .max(MERGE_CUSTOMERS_MAX - 1)
const version = z.int().positive()

/** Left out: the survivor's own. */
const choices = {
  name: whose.optional(),
  email: whose.optional(),
  phone: whose.optional(),
  company: whose.optional(),
  city: whose.optional(),
  about: whose.optional(),
  owner: whose.optional(),
}
export const MERGED_DETAILS = ['name', 'email', 'phone', 'company', 'city', 'about', 'owner'] as const

export const MergeCustomersInput = z.strictObject({
  survivorId: z.uuid(),
  /** Of the customers as they were looked at. If one has moved on since: CONFLICT. */
  survivorVersion: version,
  merged: z
    .array(z.strictObject({ id: z.uuid(), version }))
    .min(1)
    .max(MERGE_CUSTOMERS_MAX - 1),
  details: z.strictObject(choices).optional(),
  /** The same for fields of the tenant's own, by the field's id. */
  fields: z
    .record(z.uuid(), whose)
    .refine((given) => Object.keys(given).length <= CUSTOMER_FIELDS_MAX)
    .optional(),
})
export type MergeCustomersInput = z.infer<typeof MergeCustomersInput>

export const UndoMergeInput = z.strictObject({ mergeId: z.uuid() })
export type UndoMergeInput = z.infer<typeof UndoMergeInput>
