import { z } from 'zod'

export const VIEW_NAME_LENGTH_MAX = 60
/** Of one member and one kind of list. */
export const VIEWS_OWN_MAX = 50
/** Of one tenant and one kind of list. */
export const VIEWS_SHARED_MAX = 50
/** How long a view that was deleted can be brought back. */
export const VIEW_UNDO_DAYS = 7

const name = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes('\0'), {
    error: 'This text contains characters that cannot be saved. Type it again.',
  })
  .trim()
  .min(1)
  .max(VIEW_NAME_LENGTH_MAX)

/** What a view is made of besides what its kind of list puts into `content`. Left out: one's own. */
export const newViewFields = { name, isShared: z.boolean().optional() }

/** What may be changed of a view, besides its `content`. What is left out stays. */
export const changedViewFields = {
  id: z.uuid(),
  /** The version that was looked at. If the view has moved on since: CONFLICT with the current one. */
  version: z.int().positive(),
  name: name.optional(),
  isShared: z.boolean().optional(),
}

export const ViewIdInput = z.strictObject({ id: z.uuid() })
export type ViewIdInput = z.infer<typeof ViewIdInput>
