import { z } from 'zod'
import { CustomerFilter, CUSTOMER_TAGS_MAX } from '../customer/schema.ts'

/** Customers that may be named one by one; more are chosen by a filter. */
export const BULK_IDS_MAX = 1_000

const these = { ids: z.array(z.uuid()).min(1).max(BULK_IDS_MAX) }
/** All whom a list with this filter shows, but for some. */
const matching = {
  filter: CustomerFilter,
  exceptIds: z.array(z.uuid()).max(BULK_IDS_MAX).optional(),
}
const tags = {
  addTagIds: z.array(z.uuid()).max(CUSTOMER_TAGS_MAX),
  removeTagIds: z.array(z.uuid()).max(CUSTOMER_TAGS_MAX),
}
/** true: out of the lists. false: back into them. */
const state = { archived: z.boolean() }

/** The member who is responsible from now on; null: nobody. */
const owner = { ownerId: z.uuid().nullable() }

export const CountInput = CustomerFilter

const Target = z.union([z.strictObject(these), z.strictObject(matching)])
export type Target = z.infer<typeof Target>

export const TagTheseInput = z.strictObject({ ...these, ...tags })
export const TagMatchingInput = z.strictObject({ ...matching, ...tags })
export const TagManyInput = z.union([TagTheseInput, TagMatchingInput])
export type TagManyInput = z.infer<typeof TagManyInput>

export const AssignTheseInput = z.strictObject({ ...these, ...owner })
export const AssignMatchingInput = z.strictObject({ ...matching, ...owner })
export const AssignManyInput = z.union([AssignTheseInput, AssignMatchingInput])
export type AssignManyInput = z.infer<typeof AssignManyInput>

export const ArchiveTheseInput = z.strictObject({ ...these, ...state })
export const ArchiveMatchingInput = z.strictObject({ ...matching, ...state })
export const ArchiveManyInput = z.union([ArchiveTheseInput, ArchiveMatchingInput])
export type ArchiveManyInput = z.infer<typeof ArchiveManyInput>
