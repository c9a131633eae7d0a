import type { ConnectionsReport, Sample, TenantStats, Waiting } from './connections-report.ts'

/** For tests: a quiet connection layer, with whatever a test changes of it. */
export function makeReport(change: Partial<ConnectionsReport> = {}): ConnectionsReport {
  return {
    at: '2026-11-23T14:05:00.000Z',
    process: { pid: 1, startedAt: '2026-11-23T14:00:00.000Z' },
    pool: makePool(),
    tenantConnectionsMax: 8,
    trouble: null,
    broken: [],
    waiting: [],
    refusals: [],
    leaks: [],
    leakCounts: { long: 0, reclaimed: 0 },
    history: { everyMs: 5_000, keptMs: 3_600_000, samples: [] },
    ledger: {
      tenants: [],
      rest: { connectionSeconds: 0, leases: 0, waits: 0, waitSeconds: 0, longestWaitMs: 0, refused: 0 },
    },
    connectionSeconds: 0,
    ...change,
  }
}

const QUIET_POOL = {
  server: '127.0.0.1:3306',
  budget: { max: 16, limit: 16, inUse: 0 },
  connecting: 0,
  turning: 0,
  idle: 0,
  leased: 0,
  closing: 0,
  permits: 0,
  reserved: 0,
  waiting: 0,
  counters: {
    opens: 0,
    handoffs: 0,
    resets: 0,
    pings: 0,
    acquires: 0,
    refused: 0,
    reclaimed: 0,
    kills: 0,
    lost: 0,
  },
  tenants: [],
  leases: [],
}

export function makePool(change: Partial<ConnectionsReport['pool']> = {}): ConnectionsReport['pool'] {
  return { ...QUIET_POOL, ...change }
}

export function makeTenant(tenant: string, change: Partial<TenantStats> = {}): TenantStats {
  return {
    accountId: tenant,
    tenant,
    leased: 0,
    preparing: 0,
    opening: 0,
    turning: 0,
    idle: 0,
    closing: 0,
    waiting: 0,
    longestWaitMs: 0,
    firstWaiterLabel: null,
    ...change,
  }
}

export function makeWaiting(tenant: string, change: Partial<Waiting> = {}): Waiting {
  const why = { because: 'others' as const, own: 0, others: [{ tenant: 'zaitoon', connections: 15 }] }
  return { tenant, label: 'customer.list', count: 1, longestWaitMs: 500, why, ...change }
}

export function makeSample(at: string, change: Partial<Sample> = {}): Sample {
  return {
    at,
    limit: 16,
    leased: 0,
    idle: 0,
    opening: 0,
    turning: 0,
    closing: 0,
    waiting: 0,
    acquires: 0,
    refused: 0,
    waits: { count: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 },
    holders: [],
    waiters: [],
    ...change,
  }
}
