import type { Clock } from './clock.ts'

/**
 * Logins in a row that the server refused an account. Each stands for the whole queue of the tenant, which is told at
 * once: Supavisor blocks after ten failures in five minutes, where each is one client's.
 */
export const REFUSALS_TO_OPEN = 3
/** As long as MariaDB takes to refuse a COM_CHANGE_USER: a broken tenant costs half a permit at first. */
export const PAUSE_FIRST_MS = 1_000
/** As long as a process may go by what it read of a tenant: what was repaired works within that time everywhere. */
export const PAUSE_MAX_MS = 30_000
const JITTER = 0.2
/** Kept for accounts that are refused only; those that nobody has asked for since go first. */
const KEPT_MAX = 1_000

interface Breaker {
  refusals: number
  openUntil: number
  cause: unknown
}

/**
 * A circuit breaker for each account that the server does not let in. Open: nobody tries, so that the tenant costs no
 * permit and no login. Half-open: its next caller tries, and the others are told at once until that is decided.
 */
export class Breakers {
  readonly #clock: Clock
  readonly #byAccount = new Map<string, Breaker>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** What the server said last, and how long nobody tries; undefined while callers may. */
  look(accountId: string, isTrying: boolean): { cause: unknown; forMs: number } | undefined {
    const breaker = this.#byAccount.get(accountId)
    if (!breaker || breaker.refusals < REFUSALS_TO_OPEN) return undefined
    const forMs = breaker.openUntil - this.#clock.now()
    return forMs > 0 || isTrying ? { cause: breaker.cause, forMs: Math.max(0, forMs) } : undefined
  }

  /** It was refused and not let in since. */
  isSuspect(accountId: string): boolean {
    return this.#byAccount.has(accountId)
  }

  /** Returns how long nobody tries from now on; 0 while the breaker stays closed. */
  refused(accountId: string, cause: unknown): number {
    const refusals = (this.#byAccount.get(accountId)?.refusals ?? 0) + 1
    const doubled = PAUSE_FIRST_MS * 2 ** (refusals - REFUSALS_TO_OPEN)
    const jitter = 1 - JITTER * this.#clock.random()
    const forMs = refusals < REFUSALS_TO_OPEN ? 0 : Math.min(PAUSE_MAX_MS, doubled) * jitter
    this.#byAccount.delete(accountId)
    this.#byAccount.set(accountId, { refusals, openUntil: this.#clock.now() + forMs, cause })
    const [oldest] = this.#byAccount.keys()
    if (this.#byAccount.size > KEPT_MAX && oldest !== undefined) this.#byAccount.delete(oldest)
    return forMs
  }

  /** The server let it in, or somebody has changed the tenant. */
  forget(accountId: string): void {
    this.#byAccount.delete(accountId)
  }
}
