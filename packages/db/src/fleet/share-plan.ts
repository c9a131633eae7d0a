/** Less than this is of no use to a process: one connection to work with and one to kill statements with. */
export const SHARE_MIN = 2

/** One process's line in the lease table, as everybody reads it. */
export interface ShareRow {
  /** Sorts by start: whoever came first keeps a floor when there is not enough for all. */
  processId: string
  share: number
  /** What the process last said that it may hold: the share it went by, or more if some were still in use. */
  held: number
  wanted: number
  /** Its heartbeat has stopped: it has shrunk to its floor by itself, or it is dead. */
  isExpired: boolean
}

/** What a process counts for, whatever it is doing at this moment. */
export function countedFor({ share, held, isExpired }: ShareRow): number {
  return isExpired ? Math.min(SHARE_MIN, Math.max(share, held)) : Math.max(share, held)
}

/**
 * The share to lend to one process now. It shrinks at once, because less is always safe; it grows only into what
 * all the others together do not hold, whatever they have been promised or told to give up.
 */
export function planShare(rows: readonly ShareRow[], processId: string, total: number): number {
  const own = rows.find((row) => row.processId === processId)
  if (!own) throw new Error('a process that has no line in the table cannot borrow')
  const fair = fairShares(rows, total).get(processId) ?? 0
  if (fair <= own.share) return fair
  const others = rows.filter((row) => row !== own)
  const free = total - others.reduce((sum, row) => sum + countedFor(row), 0)
  const reachable = Math.min(fair, free)
  return reachable >= SHARE_MIN ? Math.max(own.share, reachable) : own.share
}

/** Max–min fair: nobody gets more than it wants, and what one leaves is divided among the others. */
export function fairShares(rows: readonly ShareRow[], total: number): Map<string, number> {
  const lost = rows.filter((row) => row.isExpired).reduce((sum, row) => sum + countedFor(row), 0)
  const left = total - lost
  const byStart = rows.filter((row) => !row.isExpired).toSorted(byProcessId)
  const served = byStart.slice(0, Math.max(0, Math.floor(left / SHARE_MIN)))
  return fill(served, left)
}

/** From the most modest to the greediest; of equals the one that came first gets the odd one. */
function fill(served: readonly ShareRow[], total: number): Map<string, number> {
  const shares = new Map<string, number>()
  let left = total
  let open = served.length
  for (const row of served.toSorted((a, b) => a.wanted - b.wanted || byProcessId(b, a))) {
    const share = Math.max(SHARE_MIN, Math.min(row.wanted, Math.floor(left / open)))
    shares.set(row.processId, share)
    left -= share
    open -= 1
  }
  return shares
}

function byProcessId(a: ShareRow, b: ShareRow): number {
  return a.processId < b.processId ? -1 : 1
}
