import { expect, test } from 'vitest'
import { nextSort, sortLedger } from './sort-ledger.ts'

const NONE = { connectionSeconds: 0, leases: 0, waits: 0, waitSeconds: 0, longestWaitMs: 0, refused: 0 }
const ROWS = [
  { ...NONE, tenant: 'b', leases: 3 },
  { ...NONE, tenant: 'c', leases: 9 },
  { ...NONE, tenant: 'a', leases: 3 },
]

test('rows with the same figure keep the order of their names, whichever way the figure is sorted', () => {
  const order = (isDescending: boolean) =>
    sortLedger(ROWS, { column: 'leases', isDescending }).map(({ tenant }) => tenant)
  expect(order(true)).toEqual(['c', 'a', 'b'])
  expect(order(false)).toEqual(['a', 'b', 'c'])
})

test('a figure is first sorted by the largest, a name by the first, and the second time the other way', () => {
  const byWaits = nextSort({ column: 'leases', isDescending: true }, 'waits')
  expect(byWaits).toEqual({ column: 'waits', isDescending: true })
  expect(nextSort(byWaits, 'waits')).toEqual({ column: 'waits', isDescending: false })
  expect(nextSort(byWaits, 'tenant')).toEqual({ column: 'tenant', isDescending: false })
})
