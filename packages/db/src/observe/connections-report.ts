import type { PoolStats, RefusalReason } from '../pool/types.ts'
import type { WhyWaiting } from './explain-wait.ts'
import type { Ledger } from './ledger.ts'
import type { Sample } from './sample-window.ts'

/** Somebody who got nothing, and why, as it was at that moment. */
export interface Refusal {
  at: string
  tenant: string
  label: string
  reason: RefusalReason
  waitedMs: number
  why: WhyWaiting
}

/** A lease that was held too long: reported, or taken back. */
export interface Leak {
  at: string
  kind: 'long' | 'reclaimed'
  tenant: string
  label: string
  heldMs: number
  /** Where the scope was opened. */
  stack: string
}

/** Those of one tenant who wait now. */
export interface Waiting {
  tenant: string
  /** What the first in line wants the connection for. */
  label: string
  count: number
  longestWaitMs: number
  why: WhyWaiting
}

export interface ReportOptions {
  /** ISO, the `at` of a sample: only newer ones are given. */
  historyAfter?: string | undefined
}

/** What the connection layer of this process does and did. Never a password, a statement or its values. */
export interface ConnectionsReport {
  at: string
  process: { pid: number; startedAt: string }
  /** Now. Tenants: at most TENANTS_LISTED_MAX, those who hold and wait most. */
  pool: PoolStats
  tenantConnectionsMax: number
  /** Why connections could not be opened of late, as the server's or the system's error code. */
  trouble: { at: string; code: string } | null
  /** Tenants whose account the server refuses: nobody tries for a while. At most BROKEN_KEPT_MAX. */
  broken: { tenant: string; code: string; until: string }[]
  waiting: Waiting[]
  /** Newest first. */
  refusals: Refusal[]
  /** Newest first. */
  leaks: Leak[]
  leakCounts: { long: number; reclaimed: number }
  /** Oldest first. */
  history: { everyMs: number; keptMs: number; samples: Sample[] }
  ledger: Ledger
  connectionSeconds: number
}
