import { z } from 'zod'

/** The one row of `assignment_rule`. */
export const RULE_ID = 1
/** Open conversations that one person can be given at most. */
export const CAPACITY_MAX = 500
export const CAPACITY_DEFAULT = 20
/** People who take part. */
export const ASSIGNMENT_AGENTS_MAX = 200

export const SaveAssignmentInput = z
  .strictObject({
    isOn: z.boolean(),
    /** All who take part from now on. */
    agents: z
      .array(z.strictObject({ id: z.uuid(), capacity: z.int().min(1).max(CAPACITY_MAX) }))
      .max(ASSIGNMENT_AGENTS_MAX),
  })
  .refine(({ agents }) => new Set(agents.map(({ id }) => id)).size === agents.length, {
    path: ['agents'],
    error: 'Name each person once.',
  })
export type SaveAssignmentInput = z.infer<typeof SaveAssignmentInput>
