import { z } from 'zod'
import { MERGED_DETAILS } from './schema.ts'

const Detail = z.enum(MERGED_DETAILS)
const Changed = z.object({ before: z.string().nullable(), after: z.string().nullable() })

/**
 * What undoing a merge needs, as `customer_merges.details` has it. Whoever was merged keeps the row, tags, values, notes
 * and history they had; what is written down is what the survivor got, and how the others were archived.
 */
export const MergeRecord = z.object({
  /** Details of the survivor that the merge changed. */
  details: z.partialRecord(Detail, Changed),
  /** The same of fields of the tenant's own, as they are stored. */
  fields: z.record(z.string(), Changed),
  tagsAdded: z.array(z.string()),
  merged: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      archivedAt: z.string().nullable(),
      archivedBy: z.string().nullable(),
    }),
  ),
})
export type MergeRecord = z.infer<typeof MergeRecord>
