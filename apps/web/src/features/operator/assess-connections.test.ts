import { expect, test } from 'vitest'
import { assessConnections } from './assess-connections.ts'
import { makePool, makeReport, makeWaiting } from './testing-report.ts'

const LEASE = { tenant: 'rabin', label: 'export', class: 'background' as const, isInTransaction: true }

test('healthy: how many connections are in use, whatever is being done with them', () => {
  const pool = makePool({ leased: 3, connecting: 1, turning: 2, idle: 4 })
  expect(assessConnections(makeReport({ pool }))).toEqual({
    kind: 'healthy',
    atWork: 6,
    limit: 16,
    callers: 0,
  })
})

test('busy: names the tenant with most callers, not the one that has waited longest', () => {
  const waiting = [makeWaiting('rabin', { longestWaitMs: 900 }), makeWaiting('zaitoon', { count: 22 })]
  const assessment = assessConnections(makeReport({ pool: makePool({ waiting: 23 }), waiting }))
  expect(assessment).toMatchObject({ kind: 'busy', callers: 23, first: { tenant: 'zaitoon' } })
})

test('waits that nobody notices are no trouble', () => {
  const waiting = [makeWaiting('rabin', { longestWaitMs: 40 })]
  const report = makeReport({ pool: makePool({ waiting: 1 }), waiting })
  expect(assessConnections(report)).toMatchObject({ kind: 'healthy', callers: 1 })
})

test('a server that lets nobody in comes before everything else', () => {
  const trouble = { at: '2026-11-23T14:04:59.000Z', code: 'ECONNREFUSED' }
  const report = makeReport({ trouble, waiting: [makeWaiting('rabin')], pool: makePool({ waiting: 4 }) })
  expect(assessConnections(report)).toEqual({ kind: 'trouble', code: 'ECONNREFUSED', callers: 4 })
})

test('a lease that is held for long is said while nobody waits for it yet', () => {
  const pool = makePool({ leased: 1, leases: [{ ...LEASE, heldMs: 12_000 }] })
  expect(assessConnections(makeReport({ pool }))).toMatchObject({ kind: 'held', tenant: 'rabin' })
})

test('refusals are said for a minute after the last', () => {
  const refusal = {
    at: '2026-11-23T14:04:30.000Z',
    tenant: 'rabin',
    label: 'customer.list',
    reason: 'deadline' as const,
    waitedMs: 3_000,
    why: makeWaiting('rabin').why,
  }
  const old = { ...refusal, at: '2026-11-23T14:03:59.000Z' }
  const assessment = assessConnections(makeReport({ refusals: [refusal, old] }))
  expect(assessment).toEqual({ kind: 'recovering', refused: 1, tenant: 'rabin' })
  expect(assessConnections(makeReport({ refusals: [old] })).kind).toBe('healthy')
})
