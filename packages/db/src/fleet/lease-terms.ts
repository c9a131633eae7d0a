import { SHARE_MIN, type ShareRow } from './share-plan.ts'

/** Often enough that a deploy's next generation starts within a few seconds, seldom enough to cost nothing. */
export const HEARTBEAT_MS = 1_000
/** Since its last heartbeat was written: from then on the others count a process for its floor only. */
export const EXPIRES_MS = 10_000
/**
 * Since its last heartbeat was sent: a process that hears nothing shrinks to its floor. Earlier than the others think,
 * so that what it still has leased can come back before anybody else is lent it.
 */
export const KEPT_MS = 6_000
/** After expiry the floor is held for a process that may come back; then its line goes. */
export const FORGOTTEN_AFTER_MS = 20_000

/** What a process says with each heartbeat. */
export interface ShareReport {
  processId: string
  /** The most that it may hold at this moment: the share it goes by, or more if some are still in use. */
  held: number
  wanted: number
}

/**
 * The terms under which a line is renewed, before its share is planned. A process that had expired has already
 * been written down to its floor. `held` never falls below what the line lends: a heartbeat that arrives late must not
 * confirm a share as given up that was lent after it was sent.
 */
export function renew(rows: readonly ShareRow[], report: ShareReport): ShareRow[] {
  const known = rows.find((row) => row.processId === report.processId)
  const lent = known?.isExpired ? Math.min(known.share, SHARE_MIN) : (known?.share ?? 0)
  const own: ShareRow = { ...report, share: lent, held: Math.max(report.held, lent), isExpired: false }
  return [...rows.filter((row) => row !== known), own]
}
