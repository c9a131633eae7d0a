import { z } from 'zod'

export const DASHBOARD_DAYS_MAX = 366
export const DASHBOARD_DAYS_DEFAULT = 30

/** The last `days` days, today included. Days begin at midnight UTC. */
export const SummaryInput = z
  .strictObject({ days: z.int().min(1).max(DASHBOARD_DAYS_MAX).optional() })
  .optional()
export type SummaryInput = z.infer<typeof SummaryInput>
