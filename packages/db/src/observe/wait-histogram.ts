const FIRST_BOUND_MS = 0.1
/** Each bound is a quarter above the one before: no percentile is further off than that. */
const GROWTH = 1.25
/** The last bound is some minutes; longer waits count as that. */
const BUCKETS = 72
const LOG_GROWTH = Math.log(GROWTH)

export interface WaitSummary {
  count: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

/** How long callers waited, in memory that does not grow with their number. */
export class WaitHistogram {
  readonly #counts = new Uint32Array(BUCKETS)
  #count = 0
  #maxMs = 0

  add(waitedMs: number): void {
    const at = Math.ceil(Math.log(Math.max(waitedMs, FIRST_BOUND_MS) / FIRST_BOUND_MS) / LOG_GROWTH)
    const bucket = Math.min(BUCKETS - 1, at)
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1
    this.#count += 1
    this.#maxMs = Math.max(this.#maxMs, waitedMs)
  }

  summary(): WaitSummary {
    return {
      count: this.#count,
      p50Ms: this.#percentile(0.5),
      p99Ms: this.#percentile(0.99),
      maxMs: roundMs(this.#maxMs),
    }
  }

  /** Never above what was really the longest. */
  #percentile(part: number): number {
    const wanted = Math.ceil(this.#count * part)
    let seen = 0
    for (const [bucket, count] of this.#counts.entries()) {
      seen += count
      if (seen >= wanted && seen > 0) return roundMs(Math.min(this.#maxMs, FIRST_BOUND_MS * GROWTH ** bucket))
    }
    return 0
  }
}

/** A tenth of a millisecond is as much as anybody reads. */
export function roundMs(ms: number): number {
  return Math.round(ms * 10) / 10
}
