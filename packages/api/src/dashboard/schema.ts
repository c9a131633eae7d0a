import { z } from 'zod'

export const DASHBOARD_DAYS_MAX = 366
export const DASHBOARD_DAYS_DEFAULT = 30

export const SummaryInput = z.strictObject({
  days: z.int().min(1).max(DASHBOARD_DAYS_MAX).optional(),
})
export type SummaryInput = z.infer<typeof SummaryInput>
