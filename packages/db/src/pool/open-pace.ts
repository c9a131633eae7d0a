import type { Clock } from './clock.ts'
import { isTooManyConnections } from './server-error.ts'

const FIRST_PAUSE_MS = 25
const PAUSE_MAX_MS = 1_000
/**
 * Unreachable for so long, a server is taken for down: longer than a restart may cost a caller unnoticed, and as long as
 * callers wait by default. Until then they wait, since most outages are shorter.
 */
export const DOWN_AFTER_MS = 3_000

/** After a failure to open: one attempt at a time, with growing, jittered pauses, until one succeeds. */
export class OpenPace {
  readonly #clock: Clock
  #failures = 0
  #notBefore = 0
  #lastError: unknown
  #unreachableSince: number | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Why nothing can be opened now; undefined while all is well. */
  get lastError(): unknown {
    return this.#lastError
  }

  /** Nothing was heard from the server for DOWN_AFTER_MS. One that is full is not down. */
  get isDown(): boolean {
    const since = this.#unreachableSince
    return since !== undefined && this.#clock.now() - since >= DOWN_AFTER_MS
  }

  /** Until somebody may try again. */
  get waitMs(): number {
    return Math.max(0, this.#notBefore - this.#clock.now())
  }

  mayOpen(connecting: number): boolean {
    if (this.#failures === 0) return true
    return connecting === 0 && this.#clock.now() >= this.#notBefore
  }

  /** Returns the pause in milliseconds. */
  failed(error: unknown): number {
    const pauseMs =
      Math.min(PAUSE_MAX_MS, FIRST_PAUSE_MS * 2 ** this.#failures) * (0.5 + this.#clock.random() / 2)
    this.#failures += 1
    this.#lastError = error
    this.#unreachableSince = isTooManyConnections(error)
      ? undefined
      : (this.#unreachableSince ?? this.#clock.now())
    this.#notBefore = this.#clock.now() + pauseMs
    return pauseMs
  }

  succeeded(): void {
    this.#failures = 0
    this.#lastError = undefined
    this.#unreachableSince = undefined
  }
}
