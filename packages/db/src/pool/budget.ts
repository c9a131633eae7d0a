import type { Clock } from './clock.ts'

/** Kept back so that a statement can always be killed, also while everything is leased. */
const RESERVED = 1
export const CONNECTIONS_MIN = RESERVED + 1
/** A server counts a connection until a moment after it has closed it, and after the thread has left its list. */
export const COUNTED_AFTER_CLOSE_MS = 20

/**
 * The permits for one server. One is taken before a socket is opened and given back when the server is
 * known to have let go; in between it is nobody's business in which state the connection is.
 */
export class Budget {
  readonly max: number
  readonly #clock: Clock
  #inUse = 0
  #shrunkTo = Infinity
  #shrunkUntil = 0

  constructor(max: number, clock: Clock) {
    if (!Number.isInteger(max) || max < CONNECTIONS_MIN) {
      throw new RangeError(`connectionsMax must be a whole number of at least ${CONNECTIONS_MIN}, not ${max}`)
    }
    this.max = max
    this.#clock = clock
  }

  get inUse(): number {
    return this.#inUse
  }

  /** What may be used now, the reserved permit included. */
  get limit(): number {
    return this.#clock.now() < this.#shrunkUntil ? Math.min(this.max, this.#shrunkTo) : this.max
  }

  get hasFree(): boolean {
    return this.#inUse < this.limit - RESERVED
  }

  take(): boolean {
    if (!this.hasFree) return false
    this.#inUse += 1
    return true
  }

  /** For the killer alone, which never holds more than one. */
  takeReserved(): boolean {
    if (this.#inUse >= this.max) return false
    this.#inUse += 1
    return true
  }

  give(): void {
    if (this.#inUse === 0) throw new Error('a permit was given back that nobody had')
    this.#inUse -= 1
  }

  /** The server refused: others use it too. What we hold is all we get, for a while. */
  shrink(forMs: number): void {
    this.#shrunkTo = this.#inUse + RESERVED
    this.#shrunkUntil = this.#clock.now() + forMs
  }
}
