import { z } from 'zod'
import { TENANT_KEY_PATTERN } from '../tenant/schema.ts'

const RolloutPace = z.enum(['careful', 'at-once'])

/** `careful`: one tenant, 5 %, 25 % and all, stopping when a wave fails or answers slowly. `at-once`: all, whatever fails. */
export const RolloutInput = z.strictObject({ pace: RolloutPace })
export type RolloutInput = z.infer<typeof RolloutInput>

export const ListMigrationsInput = z
  .strictObject({
    state: z.enum(['pending', 'running', 'done', 'failed']).optional(),
    /** The key of the last tenant of the page before. */
    cursor: z.string().regex(TENANT_KEY_PATTERN).nullish(),
  })
  .optional()
export type ListMigrationsInput = z.infer<typeof ListMigrationsInput>
