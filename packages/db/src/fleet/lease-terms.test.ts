import { expect, test } from 'vitest'
import { renew } from './lease-terms.ts'
import { SHARE_MIN, type ShareRow } from './share-plan.ts'

const line = (fields: Partial<ShareRow>): ShareRow => ({
  processId: 'a',
  share: 8,
  held: 8,
  wanted: 8,
  isExpired: false,
  ...fields,
})
const said = { processId: 'a', held: 3, wanted: 8 }

test('a heartbeat that arrives late does not confirm as given up what was lent after it was sent', () => {
  expect(renew([line({})], said)).toEqual([line({ held: 8 })])
})

test('a process that comes back after its expiry has its floor, and says itself what it still holds', () => {
  expect(renew([line({ isExpired: true })], said)).toEqual([line({ share: SHARE_MIN, held: 3 })])
})

test('a newcomer has nothing lent, and leaves the lines of the others as they are', () => {
  const other = line({ processId: 'b' })
  expect(renew([other], { ...said, held: 0 })).toEqual([other, line({ share: 0, held: 0 })])
})
