import type { PoolStats } from '../pool/types.ts'
import { roundMs, WaitHistogram, type WaitSummary } from './wait-histogram.ts'

/** Holders and waiters that a sample names. */
export const SAMPLE_NAMED_MAX = 6
/** Tenants, and labels for each, told apart while a sample is made; more are in its sums alone. */
const KEYS_MAX = 256

/** A few seconds of the connection layer. */
export interface Sample {
  /** When it ended, ISO. */
  at: string
  limit: number
  /** Connections by state, the mean of several looks. */
  leased: number
  idle: number
  opening: number
  turning: number
  closing: number
  /** The most that were seen waiting at once. */
  waiting: number
  acquires: number
  refused: number
  /** Of those who queued. */
  waits: WaitSummary
  /** Who held connections, in connections on average. */
  holders: { tenant: string; label: string; connections: number }[]
  /** Who queued: how many, the longest, and how many of them got nothing. */
  waiters: { tenant: string; waits: number; refused: number; longestMs: number }[]
}

interface Hold {
  tenant: string
  label: string
  ms: number
}

interface TenantWaits {
  waits: number
  refused: number
  longestMs: number
}

const STATES = ['leased', 'idle', 'connecting', 'turning', 'closing'] as const

/** Collects what becomes one sample. */
export class SampleWindow {
  readonly #since: number
  readonly #countersBefore: PoolStats['counters']
  readonly #holds = new Map<string, Map<string, Hold>>()
  readonly #waits = new Map<string, TenantWaits>()
  readonly #histogram = new WaitHistogram()
  readonly #sums = { leased: 0, idle: 0, connecting: 0, turning: 0, closing: 0 }
  #lastHold: Hold | undefined
  #looks = 0
  #waitingMax = 0

  constructor(since: number, counters: PoolStats['counters']) {
    this.#since = since
    this.#countersBefore = counters
  }

  /** The part of a hold that lies in this window. */
  held(holder: { tenant: string; label: string }, takenAt: number, now: number): void {
    const hold = this.#holdOf(holder)
    if (hold) hold.ms += now - (takenAt > this.#since ? takenAt : this.#since)
  }

  waited(tenant: string, waitedMs: number, isRefused: boolean): void {
    this.#histogram.add(waitedMs)
    this.#noteWaits(tenant, { waits: 1, refused: isRefused ? 1 : 0, longestMs: waitedMs })
  }

  look(stats: PoolStats): void {
    this.#looks += 1
    this.#waitingMax = Math.max(this.#waitingMax, stats.waiting)
    for (const state of STATES) this.#sums[state] += stats[state]
  }

  close(stats: PoolStats, { now, at }: { now: number; at: string }): Sample {
    for (const lease of stats.leases) this.held(lease, now - lease.heldMs, now)
    for (const { tenant, waiting, longestWaitMs } of stats.tenants) {
      if (waiting > 0) this.#noteWaits(tenant, { waits: waiting, refused: 0, longestMs: longestWaitMs })
    }
    const { counters } = stats
    const mean = (state: (typeof STATES)[number]) =>
      Math.round((10 * this.#sums[state]) / Math.max(1, this.#looks)) / 10
    return {
      at,
      limit: stats.budget.limit,
      leased: mean('leased'),
      idle: mean('idle'),
      opening: mean('connecting'),
      turning: mean('turning'),
      closing: mean('closing'),
      waiting: this.#waitingMax,
      acquires: counters.acquires - this.#countersBefore.acquires,
      refused: counters.refused - this.#countersBefore.refused,
      waits: this.#histogram.summary(),
      holders: this.#topHolders(now - this.#since),
      waiters: this.#topWaiters(),
    }
  }

  /** One holder often comes several times in a row. */
  #holdOf({ tenant, label }: { tenant: string; label: string }): Hold | undefined {
    const last = this.#lastHold
    if (last?.tenant === tenant && last.label === label) return last
    const byLabel = entryOf(this.#holds, tenant, () => new Map<string, Hold>())
    this.#lastHold = byLabel && entryOf(byLabel, label, () => ({ tenant, label, ms: 0 }))
    return this.#lastHold
  }

  #noteWaits(tenant: string, { waits, refused, longestMs }: TenantWaits): void {
    const entry = entryOf(this.#waits, tenant, () => ({ waits: 0, refused: 0, longestMs: 0 }))
    if (!entry) return
    entry.waits += waits
    entry.refused += refused
    entry.longestMs = Math.max(entry.longestMs, roundMs(longestMs))
  }

  #topHolders(windowMs: number): Sample['holders'] {
    const all = [...this.#holds.values()].flatMap((byLabel) => [...byLabel.values()])
    return all
      .toSorted((one, other) => other.ms - one.ms)
      .slice(0, SAMPLE_NAMED_MAX)
      .map(({ tenant, label, ms }) => ({
        tenant,
        label,
        connections: Math.round((100 * ms) / Math.max(1, windowMs)) / 100,
      }))
      .filter(({ connections }) => connections > 0)
  }

  #topWaiters(): Sample['waiters'] {
    return [...this.#waits]
      .map(([tenant, waits]) => ({ tenant, ...waits }))
      .toSorted((one, other) => other.waits * other.longestMs - one.waits * one.longestMs)
      .slice(0, SAMPLE_NAMED_MAX)
  }
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value | undefined {
  const known = map.get(key)
  if (known !== undefined || map.size >= KEYS_MAX) return known
  const made = make()
  map.set(key, made)
  return made
}
