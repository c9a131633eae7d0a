import { systemClock } from '../pool/clock.ts'
import { ServerPool } from '../pool/server-pool.ts'
import type { PoolOptions } from '../pool/types.ts'
import type { ConnectionsReport, ReportOptions } from './connections-report.ts'
import { ConnectionObserver, LOOK_EVERY_MS } from './observer.ts'

export interface ObservedPool {
  pool: ServerPool
  report(options?: ReportOptions): ConnectionsReport
  /** Looks no more. To be called when the pool closes. */
  stop(): void
}

/** A pool and who remembers what it did: one timer, which keeps no process alive. */
export function observePool(options: PoolOptions): ObservedPool {
  const pool = new ServerPool({
    ...options,
    onEvent(event) {
      observer.event(event)
      options.onEvent?.(event)
    },
    onLeaseEnd(holder, takenAt, now) {
      observer.leaseEnded(holder, takenAt, now)
      options.onLeaseEnd?.(holder, takenAt, now)
    },
  })
  const observer = new ConnectionObserver({
    stats: () => pool.stats(),
    tenantConnectionsMax: options.tenantConnectionsMax,
    now: systemClock.now,
    wallClock: Date.now,
  })
  const timer = setInterval(() => observer.look(), LOOK_EVERY_MS).unref()
  return {
    pool,
    report: (reportOptions) => observer.report(reportOptions),
    stop: () => clearInterval(timer),
  }
}
