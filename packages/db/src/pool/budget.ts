import type { Clock } from './clock.ts'

/** Kept back so that a statement can always be killed, also while everything is leased. */
export const RESERVED = 1
export const CONNECTIONS_MIN = RESERVED + 1
/** A server counts a connection until a moment after it has closed it, and after the thread has left its list. */
export const COUNTED_AFTER_CLOSE_MS = 20
/**
 * If nobody can look whether a thread has gone: it runs no statement of ours, so it ends when it sees that its
 * connection is lost, as soon as a busy machine lets it.
 */
export const UNSEEN_MS = 1_000

/**
 * The permits for one server. One is taken before a socket is opened and given back when the server is
 * known to have let go; in between it is nobody's business in which state the connection is.
 */
export class Budget {
  readonly #clock: Clock
  #max: number
  #general = 0
  #isReserveTaken = false
  #shrunkTo = Infinity
  #shrunkUntil = 0

  constructor(max: number, clock: Clock) {
    this.#max = checked(max)
    this.#clock = clock
  }

  get max(): number {
    return this.#max
  }

  get inUse(): number {
    return this.#general + this.reserved
  }

  get reserved(): number {
    return this.#isReserveTaken ? RESERVED : 0
  }

  /** The most that may be in use at this moment: the size, or more while what exceeds it has yet to come back. */
  get held(): number {
    return Math.max(this.#max, this.#general + RESERVED)
  }

  /** Permits that have to go because the budget was made smaller. */
  get excess(): number {
    return Math.max(0, this.#general + RESERVED - this.#max)
  }

  /** What may be used now, the reserved permit included. */
  get limit(): number {
    return this.#clock.now() < this.#shrunkUntil ? Math.min(this.#max, this.#shrunkTo) : this.#max
  }

  get hasFree(): boolean {
    return this.#general < this.limit - RESERVED
  }

  take(): boolean {
    if (!this.hasFree) return false
    this.#general += 1
    return true
  }

  give(): void {
    if (this.#general === 0) throw new Error('a permit was given back that nobody had')
    this.#general -= 1
  }

  /** There, whatever the others hold; see Reserve. */
  takeReserved(): boolean {
    if (this.#isReserveTaken) return false
    this.#isReserveTaken = true
    return true
  }

  giveReserved(): void {
    this.#isReserveTaken = false
  }

  /** Smaller: nothing is opened until what exceeds it has gone. */
  resize(max: number): void {
    this.#max = checked(max)
  }

  /** The server refused: others use it too. What we hold is all we get, for a while. */
  shrink(forMs: number): void {
    this.#shrunkTo = this.#general + RESERVED
    this.#shrunkUntil = this.#clock.now() + forMs
  }
}

function checked(max: number): number {
  if (Number.isInteger(max) && max >= CONNECTIONS_MIN) return max
  throw new RangeError(`connectionsMax must be a whole number of at least ${CONNECTIONS_MIN}, not ${max}`)
}
