import { DatabaseError } from '../errors.ts'
import type { Clock } from './clock.ts'

const RETRY_AFTER_MS = 250

export interface TurnOptions {
  timeoutMs: number
  signal?: AbortSignal | undefined
}

interface Place {
  enter(): void
  refuse(error: DatabaseError): void
}

/**
 * Those who want connections of several accounts at once, one after the other. Two who each held one and waited for a
 * second could wait for each other, whichever accounts they are of, since all connections come out of one budget. While
 * one gathers, whoever else holds several has all it wants and will give back.
 */
export class TogetherLine {
  readonly #clock: Clock
  readonly #places = new Set<Place>()
  #isTaken = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Resolves when it is this caller's turn, to what ends the turn. First come, first served. */
  take({ timeoutMs, signal }: TurnOptions): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted())
      const place: Place = {
        enter: () => {
          leave()
          this.#isTaken = true
          resolve(this.#endOnce())
        },
        refuse: (error) => {
          leave()
          reject(error)
        },
      }
      const onAbort = () => place.refuse(aborted())
      const cancel = this.#clock.after(timeoutMs, () => place.refuse(tooLate(timeoutMs)))
      const leave = () => {
        cancel()
        signal?.removeEventListener('abort', onAbort)
        this.#places.delete(place)
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#places.add(place)
      this.#next()
    })
  }

  /** The pool is closing. */
  refuseEverybody(): void {
    for (const place of [...this.#places]) place.refuse(new DatabaseError('CLOSED', 'the pool is closing'))
  }

  #endOnce(): () => void {
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#isTaken = false
      this.#next()
    }
  }

  #next(): void {
    const [first] = this.#places
    if (first && !this.#isTaken) first.enter()
  }
}

function aborted(): DatabaseError {
  return new DatabaseError('ABORTED', 'the caller has gone')
}

function tooLate(timeoutMs: number): DatabaseError {
  const message = `others gathered connections of several tenants for ${timeoutMs} ms`
  return new DatabaseError('TENANT_BUSY', message, { retryAfterMs: RETRY_AFTER_MS })
}
