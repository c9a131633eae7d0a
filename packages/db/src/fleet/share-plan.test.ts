import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countedFor, fairShares, planShare, SHARE_MIN, type ShareRow } from './share-plan.ts'

const row = (processId: string, fields: Partial<ShareRow> = {}): ShareRow => ({
  processId,
  share: 0,
  held: 0,
  wanted: 16,
  isExpired: false,
  ...fields,
})
const sharesOf = (rows: ShareRow[], total: number) => Object.fromEntries(fairShares(rows, total))

describe('a fair share', () => {
  test('is what is wanted while there is enough', () => {
    expect(sharesOf([row('a'), row('b')], 45)).toEqual({ a: 16, b: 16 })
  })

  test('is an equal part if there is not; the odd one goes to whoever came first', () => {
    expect(sharesOf([row('a'), row('b')], 7)).toEqual({ a: 4, b: 3 })
  })

  test('what a modest process leaves is divided among the others', () => {
    expect(sharesOf([row('a'), row('b', { wanted: 2 }), row('c')], 20)).toEqual({ a: 9, b: 2, c: 9 })
  })

  test('who comes when not even the smallest is left gets nothing, and takes nobody else’s', () => {
    expect(sharesOf([row('a'), row('b'), row('c')], 5)).toEqual({ a: 3, b: 2 })
  })

  test('an expired process counts for its floor and gets nothing new', () => {
    expect(sharesOf([row('a', { share: 8, held: 8, isExpired: true }), row('b')], 10)).toEqual({ b: 8 })
  })

  test.each([1, 0, -3])('a server that leaves %d connections lends nothing', (total) => {
    expect(sharesOf([row('a')], total)).toEqual({})
  })
})

describe('lending', () => {
  test('a newcomer gets nothing before the others have really shrunk', () => {
    const told = row('a', { share: 5, held: 10 })
    expect(planShare([told, row('b')], 'b', 10)).toBe(0)
    const shrunk = row('a', { share: 5, held: 5 })
    expect(planShare([shrunk, row('b')], 'b', 10)).toBe(5)
  })

  test('shrinks at once when somebody else has come', () => {
    expect(planShare([row('a', { share: 10, held: 10 }), row('b')], 'a', 10)).toBe(5)
  })

  test('one useless connection is not lent: it would only be missing elsewhere', () => {
    expect(planShare([row('a', { share: 5, held: 9 }), row('b')], 'b', 10)).toBe(0)
  })

  test('shares and holdings together never exceed the server, for any table and any asker', () => {
    const anyRow = fc.record({
      share: fc.nat({ max: 20 }),
      held: fc.nat({ max: 20 }),
      wanted: fc.integer({ min: SHARE_MIN, max: 20 }),
      isExpired: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 6 }), fc.nat({ max: 60 }), (fields, total) => {
        const rows = fields.map((each, at) => row(String(at), each))
        const before = rows.reduce((sum, each) => sum + countedFor(each), 0)
        for (const asker of rows.filter((each) => !each.isExpired)) {
          const share = planShare(rows, asker.processId, total)
          const after = rows.reduce(
            (sum, each) => sum + countedFor(each === asker ? { ...each, share } : each),
            0,
          )
          expect(after).toBeLessThanOrEqual(Math.max(before, total))
          expect(share === 0 || share >= SHARE_MIN || share <= asker.share).toBe(true)
        }
      }),
      { seed: 12, numRuns: 2_000 },
    )
  })
})
