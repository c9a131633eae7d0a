import { z } from 'zod'

export const DASHBOARD_DAYS_MAX = 366
export const DASHBOARD_DAYS_DEFAULT = 30
/** Before it there was nothing to count, and zones had clocks that fit no quarter of an hour. */
export const DASHBOARD_DATE_MIN = '2015-01-01'
export const DASHBOARD_DATE_MAX = '2999-12-31'
const DAY_MS = 86_400_000

const DashboardDate = z.iso
  .date()
  .refine((date) => date >= DASHBOARD_DATE_MIN && date <= DASHBOARD_DATE_MAX, {
    error: `Choose a date from ${DASHBOARD_DATE_MIN} on.`,
  })

/** Whether these two dates are a range that the dashboard shows. */
export function isDashboardRange(from: string, to: string): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  return days >= 1 && days <= DASHBOARD_DAYS_MAX
}

/** The last `days` days, today included, or the days from one date to another. Days are those of the tenant's zone. */
export const SummaryInput = z
  .strictObject({
    days: z.int().min(1).max(DASHBOARD_DAYS_MAX).optional(),
    from: DashboardDate.optional(),
    to: DashboardDate.optional(),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), {
    path: ['to'],
    error: 'Give both dates or neither.',
  })
  .refine(({ days, from }) => days === undefined || from === undefined, {
    path: ['days'],
    error: 'Give days or dates, not both.',
  })
  .refine(({ from, to }) => from === undefined || to === undefined || isDashboardRange(from, to), {
    path: ['to'],
    error: `Choose at most ${DASHBOARD_DAYS_MAX} days, the first one first.`,
  })
  .optional()
export type SummaryInput = z.infer<typeof SummaryInput>
