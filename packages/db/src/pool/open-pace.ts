import type { Clock } from './clock.ts'

const FIRST_PAUSE_MS = 25
const PAUSE_MAX_MS = 1_000

/** After a failure to open: one attempt at a time, with growing, jittered pauses, until one succeeds. */
export class OpenPace {
  readonly #clock: Clock
  #failures = 0
  #notBefore = 0
  #lastError: unknown

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Why nothing can be opened now; undefined while all is well. */
  get lastError(): unknown {
    return this.#lastError
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
    this.#notBefore = this.#clock.now() + pauseMs
    return pauseMs
  }

  succeeded(): void {
    this.#failures = 0
    this.#lastError = undefined
  }
}
