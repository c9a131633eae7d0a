import { z } from 'zod'

/** Of one tenant, waiting or running: who asks for another is told to wait. */
export const JOBS_OPEN_MAX = 20
export const JOB_LIST_LIMIT = 20
/** How long a job that has ended, and with it its undo, is kept. */
export const JOB_KEPT_DAYS = 30
export const JOB_ITEMS_LIMIT_MAX = 200
export const JOB_ITEMS_LIMIT_DEFAULT = 50
/** More rows than any job has. */
const POSITION_MAX = 4_000_000_000

export const JobIdInput = z.strictObject({ id: z.uuid() })
export type JobIdInput = z.infer<typeof JobIdInput>

/** The refused rows of a job, in the order of the work. */
export const ListRefusedInput = z.strictObject({
  id: z.uuid(),
  /** Those behind this row. */
  afterPosition: z.int().min(0).max(POSITION_MAX).optional(),
  limit: z.int().min(1).max(JOB_ITEMS_LIMIT_MAX).optional(),
})
export type ListRefusedInput = z.infer<typeof ListRefusedInput>
