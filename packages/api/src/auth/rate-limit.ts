import { DomainError } from '../errors.ts'

const WINDOW_MS = 60_000
/** More callers than that in one minute share one count: memory stays bounded whoever comes. */
export const RATE_LIMIT_CALLERS_MAX = 10_000

export interface RateLimit {
  /** @throws DomainError RATE_LIMITED with `details.retryAfterMs` if this caller has used up the minute */
  check(caller: string): void
  /** Counts one more. @throws the same, for the first that is too many */
  spend(caller: string): void
}

/** Counts by the minute, in the memory of this process: it keeps one caller from taking the room of all, not guesses out. */
export function createRateLimit({ max, now = Date.now }: { max: number; now?: () => number }): RateLimit {
  let endsAt = 0
  const counts = new Map<string, number>()

  function countOf(caller: string): { name: string; count: number } {
    if (now() >= endsAt) {
      counts.clear()
      endsAt = now() + WINDOW_MS
    }
    const name = counts.has(caller) || counts.size < RATE_LIMIT_CALLERS_MAX ? caller : 'all others'
    return { name, count: counts.get(name) ?? 0 }
  }

  function refuseAt(count: number): void {
    if (count < max) return
    throw new DomainError('RATE_LIMITED', 'Too many calls in one minute. Wait a moment, then go on.', {
      details: { retryAfterMs: endsAt - now() },
    })
  }

  return {
    check: (caller) => refuseAt(countOf(caller).count),
    spend(caller) {
      const { name, count } = countOf(caller)
      refuseAt(count)
      counts.set(name, count + 1)
    },
  }
}
