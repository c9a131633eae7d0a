import { z } from 'zod'
import { TENANT_KEY_PATTERN } from '../tenant/schema.ts'

/** More are migrated by naming none: then it is all that are behind. */
export const ROLLOUT_TENANTS_MAX = 100

const RolloutPace = z.enum(['careful', 'at-once'])

/** `careful`: one tenant, 5 %, 25 % and all, stopping when a wave fails or answers slowly. `at-once`: all, whatever fails. */
export const PlanRolloutInput = z.strictObject({ pace: RolloutPace })
export type PlanRolloutInput = z.infer<typeof PlanRolloutInput>

export const StartRolloutInput = PlanRolloutInput.extend({
  /** Default: every tenant that is behind. */
  tenantKeys: z.array(z.string().regex(TENANT_KEY_PATTERN)).min(1).max(ROLLOUT_TENANTS_MAX).optional(),
})
export type StartRolloutInput = z.infer<typeof StartRolloutInput>

export const ListMigrationsInput = z
  .strictObject({
    state: z.enum(['pending', 'running', 'done', 'failed']).optional(),
    /** The key of the last tenant of the page before. */
    cursor: z.string().regex(TENANT_KEY_PATTERN).nullish(),
  })
  .optional()
export type ListMigrationsInput = z.infer<typeof ListMigrationsInput>
