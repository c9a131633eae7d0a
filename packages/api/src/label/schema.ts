import { z } from 'zod'
import { storable, TAG_COLORS } from '../customer/schema.ts'

/** Of one tenant. */
export const LABELS_MAX = 200
export const LABEL_NAME_LENGTH_MAX = 60
/** The same as a customer's tags have. */
export const LABEL_COLORS = TAG_COLORS
export type LabelColor = (typeof LABEL_COLORS)[number]

const labelName = storable.trim().min(1).max(LABEL_NAME_LENGTH_MAX)

export const CreateLabelInput = z.strictObject({ name: labelName, color: z.enum(LABEL_COLORS).optional() })
export type CreateLabelInput = z.infer<typeof CreateLabelInput>

export const UpdateLabelInput = z.strictObject({
  id: z.uuid(),
  name: labelName.optional(),
  color: z.enum(LABEL_COLORS).optional(),
})
export type UpdateLabelInput = z.infer<typeof UpdateLabelInput>

export const LabelIdInput = z.strictObject({ id: z.uuid() })
export type LabelIdInput = z.infer<typeof LabelIdInput>
