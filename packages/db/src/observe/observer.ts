import { isAccountRefused } from '../pool/server-error.ts'
import type { PoolEvent, PoolStats } from '../pool/types.ts'
import type { ConnectionsReport, Leak, Refusal, ReportOptions, Waiting } from './connections-report.ts'
import { explainWait } from './explain-wait.ts'
import { LedgerBook } from './ledger.ts'
import { Ring } from './ring.ts'
import { type Sample, SampleWindow } from './sample-window.ts'
import { roundMs } from './wait-histogram.ts'

/** How often the pool's states are looked at, and how many looks make a sample. */
export const LOOK_EVERY_MS = 1_000
const LOOKS_PER_SAMPLE = 5
export const SAMPLE_EVERY_MS = LOOK_EVERY_MS * LOOKS_PER_SAMPLE
export const HISTORY_MS = 3_600_000
export const REFUSALS_KEPT_MAX = 50
export const LEAKS_KEPT_MAX = 20
const STACK_LENGTH_MAX = 4_000
/** Tenants whose circuit breaker is open, at once. */
export const BROKEN_KEPT_MAX = 100
/** Tenants that a report names; with more waiting the rest is in the sums. */
export const TENANTS_LISTED_MAX = 100
/** A failed opening explains a wait for so long. */
const TROUBLE_MS = 5_000
/** When thousands are refused at once, they share a picture of who held what. */
const SNAPSHOT_AGE_MS = 50

export interface ObserverParts {
  stats: () => PoolStats
  tenantConnectionsMax: number
  /** Monotonic, the pool's own. */
  now: () => number
  /** Milliseconds since 1970. */
  wallClock: () => number
}

/**
 * Remembers what the connection layer did: an hour of samples, who had what, who waited and why. Fed by the pool's
 * events, the end of each lease and a look each second; bounded in memory whatever happens.
 */
export class ConnectionObserver {
  readonly #parts: ObserverParts
  readonly #startedAt: string
  readonly #ledger = new LedgerBook()
  readonly #samples = new Ring<Sample>(HISTORY_MS / SAMPLE_EVERY_MS)
  readonly #refusals = new Ring<Refusal>(REFUSALS_KEPT_MAX)
  readonly #leaks = new Ring<Leak>(LEAKS_KEPT_MAX)
  readonly #leakCounts = { long: 0, reclaimed: 0 }
  readonly #broken = new Map<string, { untilMs: number; code: string }>()
  #window: SampleWindow
  #looks = 0
  #trouble: { at: number; code: string } | undefined
  #snapshot: { at: number; stats: PoolStats } | undefined

  constructor(parts: ObserverParts) {
    this.#parts = parts
    this.#startedAt = this.#isoNow()
    this.#window = new SampleWindow(parts.now(), { ...parts.stats().counters })
  }

  /** For each lease: a few additions. */
  leaseEnded(holder: { tenant: string; label: string }, takenAt: number, now: number): void {
    this.#ledger.held(holder.tenant, now - takenAt)
    this.#window.held(holder, takenAt, now)
  }

  event(event: PoolEvent): void {
    if (event.type === 'served' || event.type === 'refused') {
      const isRefused = event.type === 'refused'
      this.#ledger.waited(event.tenant, event.waitedMs, isRefused)
      this.#window.waited(event.tenant, event.waitedMs, isRefused)
    }
    if (event.type === 'refused') this.#refused(event)
    if (event.type === 'lease-long') this.#leaked('long', event)
    if (event.type === 'lease-reclaimed') this.#leaked('reclaimed', event)
    if (event.type === 'breaker-opened') this.#breakerOpened(event)
    // An account that is refused is one tenant's trouble, not the server's.
    if (event.type === 'open-failed' && !isAccountRefused(event.error))
      this.#trouble = { at: this.#parts.wallClock(), code: codeOf(event.error) }
  }

  /** To be called every LOOK_EVERY_MS. */
  look(): void {
    const stats = this.#parts.stats()
    this.#window.look(stats)
    this.#looks += 1
    if (this.#looks % LOOKS_PER_SAMPLE > 0) return
    const now = this.#parts.now()
    this.#samples.push(this.#window.close(stats, { now, at: this.#isoNow() }))
    this.#window = new SampleWindow(now, stats.counters)
  }

  report({ historyAfter = '' }: ReportOptions = {}): ConnectionsReport {
    const stats = this.#parts.stats()
    const trouble = this.#recentTrouble()
    return {
      at: this.#isoNow(),
      process: { pid: process.pid, startedAt: this.#startedAt },
      pool: { ...stats, tenants: mostConcerned(stats).slice(0, TENANTS_LISTED_MAX) },
      tenantConnectionsMax: this.#parts.tenantConnectionsMax,
      trouble: trouble ? { at: new Date(trouble.at).toISOString(), code: trouble.code } : null,
      broken: this.#brokenNow(),
      waiting: this.#waiting(stats),
      refusals: this.#refusals.list().toReversed(),
      leaks: this.#leaks.list().toReversed(),
      leakCounts: { ...this.#leakCounts },
      history: {
        everyMs: SAMPLE_EVERY_MS,
        keptMs: HISTORY_MS,
        samples: this.#samples.list().filter(({ at }) => at > historyAfter),
      },
      ledger: this.#ledger.read(stats.leases),
      connectionSeconds: this.#ledger.connectionSeconds,
    }
  }

  #refused({ tenant, label, reason, waitedMs }: Extract<PoolEvent, { type: 'refused' }>): void {
    const why = explainWait(tenant, this.#circumstances(this.#recentStats()))
    this.#refusals.push({ at: this.#isoNow(), tenant, label, reason, waitedMs: roundMs(waitedMs), why })
  }

  #breakerOpened({ tenant, forMs, error }: Extract<PoolEvent, { type: 'breaker-opened' }>): void {
    const now = this.#parts.wallClock()
    for (const [other, { untilMs }] of this.#broken) if (untilMs <= now) this.#broken.delete(other)
    if (this.#broken.size < BROKEN_KEPT_MAX || this.#broken.has(tenant))
      this.#broken.set(tenant, { untilMs: now + forMs, code: codeOf(error) })
  }

  #brokenNow(): ConnectionsReport['broken'] {
    const now = this.#parts.wallClock()
    return [...this.#broken]
      .filter(([, { untilMs }]) => untilMs > now)
      .map(([tenant, { untilMs, code }]) => ({ tenant, code, until: new Date(untilMs).toISOString() }))
  }

  #leaked(kind: Leak['kind'], { tenant, label, heldMs, stack }: Omit<Leak, 'at' | 'kind'>): void {
    this.#leakCounts[kind] += 1
    const cut = stack.slice(0, STACK_LENGTH_MAX)
    this.#leaks.push({ at: this.#isoNow(), kind, tenant, label, heldMs: roundMs(heldMs), stack: cut })
  }

  #waiting(stats: PoolStats): Waiting[] {
    const circumstances = this.#circumstances(stats)
    return stats.tenants
      .filter(({ waiting }) => waiting > 0)
      .toSorted((one, other) => other.longestWaitMs - one.longestWaitMs)
      .slice(0, TENANTS_LISTED_MAX)
      .map(({ tenant, waiting, longestWaitMs, firstWaiterLabel }) => ({
        tenant,
        label: firstWaiterLabel ?? '',
        count: waiting,
        longestWaitMs: roundMs(longestWaitMs),
        why: explainWait(tenant, circumstances),
      }))
  }

  #circumstances(stats: PoolStats) {
    const isServerInTrouble = this.#recentTrouble() !== undefined
    return { stats, tenantConnectionsMax: this.#parts.tenantConnectionsMax, isServerInTrouble }
  }

  #recentTrouble() {
    const trouble = this.#trouble
    return trouble && this.#parts.wallClock() - trouble.at < TROUBLE_MS ? trouble : undefined
  }

  #recentStats(): PoolStats {
    const now = this.#parts.now()
    if (!this.#snapshot || now - this.#snapshot.at > SNAPSHOT_AGE_MS)
      this.#snapshot = { at: now, stats: this.#parts.stats() }
    return this.#snapshot.stats
  }

  #isoNow(): string {
    return new Date(this.#parts.wallClock()).toISOString()
  }
}

function mostConcerned({ tenants }: PoolStats): PoolStats['tenants'] {
  const weight = (tenant: PoolStats['tenants'][number]) =>
    tenant.leased + tenant.preparing + tenant.idle + tenant.waiting
  return tenants.toSorted((one, other) => weight(other) - weight(one))
}

/** Never the message: the page needs a word to look for, not what a driver wrote around it. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown'
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown'
}
