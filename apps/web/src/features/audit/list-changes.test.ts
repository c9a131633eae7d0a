import { expect, test } from 'vitest'
import { listChanges } from './list-changes.ts'

test('each detail with what was before and what is after', () => {
  expect(listChanges({ before: { role: 'agent' }, after: { role: 'owner', sessions: 2 } })).toEqual([
    { key: 'role', from: 'agent', to: 'owner' },
    { key: 'sessions', from: undefined, to: 2 },
  ])
})

test('of a list, what went and what came', () => {
  const before = { permissions: ['chat:read', 'chat:reply'] }
  const after = { permissions: ['chat:read', 'customer:read'] }
  expect(listChanges({ before, after })).toEqual([
    { key: 'permissions', from: ['chat:reply'], to: ['customer:read'] },
  ])
})

test('nothing of what says nothing to a reader', () => {
  expect(listChanges({ before: null, after: { mergeId: 'id', permissions: [], endsAt: null } })).toEqual([])
  expect(listChanges({ before: null, after: null })).toEqual([])
})
