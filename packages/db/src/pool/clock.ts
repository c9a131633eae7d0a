/** Undoes a timer. Calling it twice, or after the timer has fired, does nothing. */
export type Cancel = () => void

/** Time and chance, so that races and deadlines can be tested without waiting for them. */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number
  after(ms: number, run: () => void): Cancel
  /** When all that can go on at this moment has gone on: promises, and answers that have arrived. */
  soon(run: () => void): void
  /** From 0 up to 1, for jitter. */
  random(): number
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  soon: (run) => void setImmediate(run),
  random: () => Math.random(),
}

export class TimedOut extends Error {
  constructor(what: string, ms: number) {
    super(`${what} took longer than ${ms} ms`)
    this.name = 'TimedOut'
  }
}

/** Nothing that talks to a server is awaited without a bound: a half-open socket never answers. */
export function within<T>(clock: Clock, bound: { what: string; ms: number }, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(bound.ms, () => reject(new TimedOut(bound.what, bound.ms)))
    work.then(resolve, reject).finally(cancel)
  })
}

export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve))
}
