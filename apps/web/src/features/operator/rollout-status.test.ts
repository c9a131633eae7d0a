import { expect, test } from 'vitest'
import { countVersions, isAtWork, type Rollout, stateOf } from './rollout-status.ts'

const ROLLOUT: Rollout = {
  id: 'a',
  targetVersion: 3,
  state: 'running',
  reason: null,
  tenants: 10,
  wave: 1,
  waves: 1,
  startedAt: '2026-11-23T09:00:00.000Z',
  heardAt: '2026-11-23T09:00:00.000Z',
  isCutOff: false,
  stopAskedAt: null,
  endedAt: null,
  counts: { pending: 9, running: 1, done: 0, failed: 0 },
  waveCounts: [],
}

test('a rollout that is asked to stop runs until it has stopped, unless its process has gone', () => {
  const stopAskedAt = ROLLOUT.startedAt
  expect(stateOf(ROLLOUT)).toBe('running')
  expect(stateOf({ ...ROLLOUT, stopAskedAt })).toBe('stopping')
  expect(stateOf({ ...ROLLOUT, stopAskedAt, isCutOff: true })).toBe('cutOff')
  expect(stateOf({ ...ROLLOUT, stopAskedAt, state: 'stopped' })).toBe('stopped')
  expect(isAtWork({ ...ROLLOUT, stopAskedAt })).toBe(true)
  expect(isAtWork({ ...ROLLOUT, isCutOff: true })).toBe(false)
  expect(isAtWork(null)).toBe(false)
})

test('a rollout that is done says so only if nobody failed', () => {
  const done: Rollout = { ...ROLLOUT, state: 'done' }
  expect(stateOf({ ...done, counts: { pending: 0, running: 0, done: 10, failed: 0 } })).toBe('done')
  expect(stateOf({ ...done, counts: { pending: 0, running: 0, done: 9, failed: 1 } })).toBe('failures')
})

test('tenants that are behind are told from those that are closed for it', () => {
  const versions = [1, 2, 3, 4].map((schemaVersion) => ({ schemaVersion, tenants: schemaVersion * 10 }))
  expect(countVersions({ versions, targetVersion: 4, servedFrom: 2 })).toEqual({
    tenants: 100,
    behind: 60,
    closed: 10,
  })
})
