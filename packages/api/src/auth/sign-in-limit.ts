/** Failures are counted for so long from the first one. */
export const SIGN_IN_WINDOW_MS = 15 * 60_000
/** One account tried from one address. */
export const SIGN_IN_FAILURES_OF_PAIR_MAX = 10
/** All accounts tried from one address: an office behind one address has many people, a guesser more tries. */
export const SIGN_IN_FAILURES_OF_ADDRESS_MAX = 50
/** One account tried from everywhere. High, because it locks the owner out as well. */
export const SIGN_IN_FAILURES_OF_ACCOUNT_MAX = 100
/** Counters kept at once; beyond it the oldest is forgotten, so that guessing cannot fill the memory. */
export const SIGN_IN_COUNTERS_MAX = 20_000

interface Counter {
  failures: number
  endsAt: number
}

export interface SignInAttempt {
  account: string
  address: string
}

export interface SignInLimit {
  /** Counts the attempt as failed until `succeeded` is called; or says how long to wait. */
  begin(attempt: SignInAttempt): { succeeded: () => void } | { retryAfterMs: number }
}

/**
 * Counts failed sign-ins of this process. It counts what was typed, never what exists, so that its
 * answer is the same for an account that is not there. An attempt is counted before the password is
 * looked at: a hundred guesses at once are a hundred.
 */
export function createSignInLimit(now: () => number = Date.now): SignInLimit {
  const counters = new Map<string, Counter>()

  function read(key: string): Counter {
    const found = counters.get(key)
    if (found && found.endsAt > now()) return found
    counters.delete(key)
    return { failures: 0, endsAt: now() + SIGN_IN_WINDOW_MS }
  }

  function add(key: string, count: number): void {
    const counter = read(key)
    counter.failures = Math.max(0, counter.failures + count)
    if (counter.failures === 0) counters.delete(key)
    else counters.set(key, counter)
    if (counters.size > SIGN_IN_COUNTERS_MAX) forgetOldest(counters)
  }

  return {
    begin({ account, address }) {
      const limits: [key: string, failuresMax: number][] = [
        [`pair ${address} ${account}`, SIGN_IN_FAILURES_OF_PAIR_MAX],
        [`address ${address}`, SIGN_IN_FAILURES_OF_ADDRESS_MAX],
        [`account ${account}`, SIGN_IN_FAILURES_OF_ACCOUNT_MAX],
      ]
      const full = limits.map(([key, max]) => ({ counter: read(key), max })).filter(isFull)
      if (full.length > 0)
        return { retryAfterMs: Math.max(...full.map(({ counter }) => counter.endsAt)) - now() }
      for (const [key] of limits) add(key, 1)
      return {
        succeeded() {
          for (const [key] of limits) add(key, -1)
          counters.delete(`pair ${address} ${account}`)
        },
      }
    },
  }
}

function isFull({ counter, max }: { counter: Counter; max: number }): boolean {
  return counter.failures >= max
}

/** A Map keeps insertion order; the first key is the one counted longest ago. */
function forgetOldest(counters: Map<string, Counter>): void {
  const oldest = counters.keys().next()
  if (!oldest.done) counters.delete(oldest.value)
}
