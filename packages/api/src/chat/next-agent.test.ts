import { expect, test } from 'vitest'
import { type Candidate, nextAgent } from './next-agent.ts'

const agent = (id: string, overrides: Partial<Candidate> = {}): Candidate => ({
  id,
  capacity: 2,
  open: 0,
  lastAssignedAt: null,
  ...overrides,
})
const at = (ms: number) => new Date(ms)

test('who never had a turn comes first, then who had it longest ago', () => {
  expect(nextAgent([agent('a', { lastAssignedAt: at(1) }), agent('b')])?.id).toBe('b')
  expect(nextAgent([agent('a', { lastAssignedAt: at(2) }), agent('b', { lastAssignedAt: at(1) })])?.id).toBe(
    'b',
  )
  expect(nextAgent([agent('b'), agent('a')])?.id).toBe('a')
})

test('who has no room is passed over, and nobody is chosen if nobody has any', () => {
  expect(nextAgent([agent('a', { open: 2 }), agent('b', { lastAssignedAt: at(9) })])?.id).toBe('b')
  expect(nextAgent([agent('a', { open: 2 }), agent('b', { open: 5 })])).toBeUndefined()
  expect(nextAgent([])).toBeUndefined()
})
