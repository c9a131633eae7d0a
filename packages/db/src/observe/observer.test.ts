import { expect, test } from 'vitest'
import { accountOf, getConnection, makeVirtualPool, watch } from '../pool/virtual-pool.ts'
import type { PoolEvent, PoolOptions } from '../pool/types.ts'
import {
  BROKEN_KEPT_MAX,
  ConnectionObserver,
  HISTORY_MS,
  LEAKS_KEPT_MAX,
  LOOK_EVERY_MS,
  REFUSALS_KEPT_MAX,
  SAMPLE_EVERY_MS,
  TENANTS_LISTED_MAX,
} from './observer.ts'

const EPOCH = Date.UTC(2026, 10, 23, 14)

/** A pool over a fake server in virtual time, observed as the product does it. */
function observed(options: Partial<PoolOptions> = {}) {
  const watched: { observer?: ConnectionObserver } = {}
  const { pool, clock } = makeVirtualPool(
    {
      ...options,
      onEvent: (event) => watched.observer?.event(event),
      onLeaseEnd: (holder, takenAt, now) => watched.observer?.leaseEnded(holder, takenAt, now),
    },
    { connectMs: 0 },
  )
  const observer = new ConnectionObserver({
    stats: () => pool.stats(),
    tenantConnectionsMax: options.tenantConnectionsMax ?? 4,
    now: () => clock.now(),
    wallClock: () => EPOCH + clock.now(),
  })
  watched.observer = observer
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += LOOK_EVERY_MS) {
      await clock.advance(LOOK_EVERY_MS)
      observer.look()
    }
  }
  return { pool, clock, observer, pass }
}

async function take(pool: ReturnType<typeof observed>['pool'], name: string, label: string) {
  return getConnection(pool.scope(accountOf(name), { label }))
}

test('a sample says how many connections were held, by whom, and from which procedure', async () => {
  const { pool, clock, observer, pass } = observed({ leaseWarnMs: 60_000, leaseMaxMs: 60_000 })
  const taking = take(pool, 'rabin', 'customer.list')
  await clock.advance(1)
  const connection = await taking
  await pass(SAMPLE_EVERY_MS)
  connection.release()
  await pass(SAMPLE_EVERY_MS)
  const [busy, quiet] = observer.report().history.samples
  expect(busy).toMatchObject({ leased: 1, waiting: 0, acquires: 1, refused: 0 })
  expect(busy?.holders).toEqual([{ tenant: 'rabin', label: 'customer.list', connections: 1 }])
  expect(quiet).toMatchObject({ leased: 0, idle: 1, holders: [] })
})

test('a lease that spans samples counts in each for as long as it lasted there', async () => {
  const { pool, clock, observer, pass } = observed({ leaseWarnMs: 60_000, leaseMaxMs: 60_000 })
  const taking = take(pool, 'rabin', 'export')
  await clock.advance(1)
  const connection = await taking
  await pass(SAMPLE_EVERY_MS)
  await pass(1_000)
  connection.release()
  await pass(SAMPLE_EVERY_MS - 1_000)
  const connections = observer.report().history.samples.map(({ holders }) => holders[0]?.connections)
  expect(connections).toEqual([1, 0.2])
  expect(observer.report().ledger.tenants[0]).toMatchObject({ tenant: 'rabin', leases: 1 })
  expect(observer.report().ledger.tenants[0]?.connectionSeconds).toBeCloseTo(6, 1)
})

test('who waits is explained while they wait and remembered when they were refused', async () => {
  const { pool, clock, observer, pass } = observed({ connectionsMax: 3, acquireTimeoutMs: 3_000 })
  const holding = [take(pool, 'zaitoon', 'report'), take(pool, 'zaitoon', 'report')]
  await clock.advance(1)
  await Promise.all(holding)
  const refused = watch(take(pool, 'rabin', 'chat.message.send'))
  await clock.advance(1)
  const why = { because: 'others', own: 0, others: [{ tenant: 'zaitoon', connections: 2 }] }
  expect(observer.report().waiting).toMatchObject([
    { tenant: 'rabin', label: 'chat.message.send', count: 1, why },
  ])
  await pass(SAMPLE_EVERY_MS)
  expect(refused.error).toMatchObject({ code: 'TENANT_BUSY' })
  const { refusals, waiting, history } = observer.report()
  expect(waiting).toEqual([])
  expect(refusals).toMatchObject([
    { tenant: 'rabin', label: 'chat.message.send', reason: 'deadline', waitedMs: 3_000, why },
  ])
  expect(history.samples[0]).toMatchObject({
    waiting: 1,
    refused: 1,
    waits: { count: 3, maxMs: 3_000 },
    waiters: [
      { tenant: 'rabin', waits: 1, refused: 1, longestMs: 3_000 },
      { tenant: 'zaitoon', waits: 2, refused: 0 },
    ],
  })
})

test('a lease held too long is reported with the stack of who took it, and again when it is taken back', async () => {
  const { pool, clock, observer } = observed({ leaseWarnMs: 1_000, leaseMaxMs: 2_000 })
  const taking = take(pool, 'rabin', 'import')
  await clock.advance(1)
  await taking
  await clock.advance(3_000)
  const { leaks, leakCounts } = observer.report()
  expect(leaks.map(({ kind, tenant, label }) => [kind, tenant, label])).toEqual([
    ['reclaimed', 'rabin', 'import'],
    ['long', 'rabin', 'import'],
  ])
  expect(leaks[0]?.stack).toContain('observer.test.ts')
  expect(leakCounts).toEqual({ long: 1, reclaimed: 1 })
})

test('whoever has part of the history is given what is newer', async () => {
  const { observer, pass } = observed()
  await pass(SAMPLE_EVERY_MS * 3)
  const [first, second, third] = observer.report().history.samples
  const newer = observer.report({ historyAfter: first?.at }).history.samples
  expect(newer.map(({ at }) => at)).toEqual([second?.at, third?.at])
})

test('an hour of samples is kept and no more', async () => {
  const { observer, clock } = observed()
  for (let at = 0; at < HISTORY_MS + SAMPLE_EVERY_MS * 5; at += LOOK_EVERY_MS) observer.look()
  await clock.advance(1)
  expect(observer.report().history.samples).toHaveLength(HISTORY_MS / SAMPLE_EVERY_MS)
})

test('with thousands refused, leaking and waiting, what is kept and told stays bounded', () => {
  const { observer, pool } = observed()
  const event = { tenant: 'rabin', label: 'x' }
  const flood: PoolEvent[] = [
    { type: 'refused', ...event, reason: 'queue-full', waitedMs: 0 },
    { type: 'lease-long', ...event, heldMs: 1, stack: 'x'.repeat(100_000) },
  ]
  for (let count = 0; count < 1_000; count++) for (const one of flood) observer.event(one)
  for (let count = 0; count < 200; count++) watch(take(pool, `tenant-${count}`, 'x'))
  const report = observer.report()
  expect(report.refusals).toHaveLength(REFUSALS_KEPT_MAX)
  expect(report.leaks).toHaveLength(LEAKS_KEPT_MAX)
  expect(report.pool.tenants.length).toBeLessThanOrEqual(TENANTS_LISTED_MAX)
  expect(report.waiting.length).toBeLessThanOrEqual(TENANTS_LISTED_MAX)
  expect(JSON.stringify(report).length).toBeLessThan(250_000)
})

test('a tenant whose account is refused is named until it is tried again, and is no trouble of the server', async () => {
  const { observer, clock } = observed()
  const error = Object.assign(new Error('Access denied'), { code: 'ER_ACCESS_DENIED_ERROR', errno: 1045 })
  observer.event({ type: 'open-failed', tenant: 'rabin', error })
  observer.event({ type: 'breaker-opened', tenant: 'rabin', forMs: 5_000, error })
  const { trouble, broken } = observer.report()
  expect(trouble).toBeNull()
  expect(broken).toEqual([
    {
      tenant: 'rabin',
      code: 'ER_ACCESS_DENIED_ERROR',
      until: new Date(EPOCH + clock.now() + 5_000).toISOString(),
    },
  ])
  await clock.advance(5_001)
  expect(observer.report().broken).toEqual([])
})

test('however many tenants are broken, so many are named', () => {
  const { observer } = observed()
  for (let count = 0; count < BROKEN_KEPT_MAX * 2; count++)
    observer.event({ type: 'breaker-opened', tenant: `tenant-${count}`, forMs: 5_000, error: null })
  expect(observer.report().broken).toHaveLength(BROKEN_KEPT_MAX)
})

test('a server that lets nobody in is named by its code, never by what the driver wrote', () => {
  const { observer } = observed()
  const error = Object.assign(new Error('connect to secret-host as secret-user'), { code: 'ECONNREFUSED' })
  observer.event({ type: 'open-failed', tenant: 'rabin', error })
  expect(observer.report().trouble).toEqual({ at: expect.any(String), code: 'ECONNREFUSED' })
  expect(JSON.stringify(observer.report())).not.toContain('secret')
})
