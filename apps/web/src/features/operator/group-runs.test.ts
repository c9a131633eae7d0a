import { expect, test } from 'vitest'
import { groupRuns } from './group-runs.ts'

test('neighbours that say the same become one, in their order, and none is lost', () => {
  const runs = groupRuns(['a', 'a', 'b', 'a'], (item) => item)
  expect(runs).toEqual([
    { item: 'a', count: 2 },
    { item: 'b', count: 1 },
    { item: 'a', count: 1 },
  ])
  expect(groupRuns([], String)).toEqual([])
})
