/**
 * A connection made a tenant's serves that tenant's queue for at least so long, whoever else waits. To change its user
 * costs three round trips: if every statement were somebody else's turn, a busy server would do little else. Connections
 * end their turns one after the other, so a tenant that holds nothing waits for a fraction of this.
 */
export const TURN_MS = 30
/** Where a handoff takes long (a far or a busy server), a turn is long beside it: at most a tenth goes into handing over. */
const HANDOFFS_IN_A_TURN = 10
/** One that took longer says something of that connection, not of the next. */
const HANDOFF_NOTED_MAX_MS = 100
const WEIGHT_OF_THE_LAST = 0.1
/** Of its deadline: within so much everybody who waits must come to a turn, if each lasts its full length. */
const ROUND_OF_TURNS = 1 / 4

interface Crowd {
  /** Tenants that wait. */
  waiting: number
  connectionsMax: number
  acquireTimeoutMs: number
}

/** How long a turn is, learnt from what handoffs take. */
export class TurnLength {
  #handoffMs = 0

  noteHandoff(tookMs: number): void {
    const noted = Math.min(tookMs, HANDOFF_NOTED_MAX_MS)
    this.#handoffMs += (noted - this.#handoffMs) * WEIGHT_OF_THE_LAST
  }

  ms({ waiting, connectionsMax, acquireTimeoutMs }: Crowd): number {
    const allowedMs = (acquireTimeoutMs * ROUND_OF_TURNS * connectionsMax) / Math.max(1, waiting)
    return Math.max(TURN_MS, Math.min(HANDOFFS_IN_A_TURN * this.#handoffMs, allowedMs))
  }
}
