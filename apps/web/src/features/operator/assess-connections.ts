import type { ConnectionsReport, Waiting } from './connections-report.ts'

/** A wait that nobody notices. */
const SHORT_WAIT_MS = 100
/** A lease that is held for longer than a person waits for anything. */
const LONG_LEASE_MS = 10_000
/** Refusals that are still on people's screens. */
const RECENT_MS = 60_000

/** How things are, in one word, with what a sentence about it needs. */
export type Assessment =
  | { kind: 'trouble'; code: string; callers: number }
  | { kind: 'busy'; callers: number; first: Waiting }
  | { kind: 'held'; tenant: string; label: string; heldMs: number }
  | { kind: 'recovering'; refused: number; tenant: string }
  | { kind: 'healthy'; atWork: number; limit: number; callers: number }

export type Tone = 'success' | 'warning' | 'danger'

export const TONES: Record<Assessment['kind'], Tone> = {
  trouble: 'danger',
  busy: 'warning',
  held: 'warning',
  recovering: 'warning',
  healthy: 'success',
}

/** The worst first: whoever was just woken up reads one sentence. */
export function assessConnections(report: ConnectionsReport): Assessment {
  const { pool, waiting, trouble } = report
  if (trouble) return { kind: 'trouble', code: trouble.code, callers: pool.waiting }
  const noticed = waiting.some(({ longestWaitMs }) => longestWaitMs > SHORT_WAIT_MS)
  const [first] = waiting.toSorted((one, other) => other.count - one.count)
  if (noticed && first) return { kind: 'busy', callers: pool.waiting, first }
  const longest = pool.leases.find(({ heldMs }) => heldMs > LONG_LEASE_MS)
  if (longest) return { kind: 'held', ...longest }
  const since = new Date(Date.parse(report.at) - RECENT_MS).toISOString()
  const refused = report.refusals.filter(({ at }) => at > since)
  if (refused[0]) return { kind: 'recovering', refused: refused.length, tenant: refused[0].tenant }
  const atWork = pool.leased + pool.connecting + pool.turning
  return { kind: 'healthy', atWork, limit: pool.budget.limit, callers: pool.waiting }
}
