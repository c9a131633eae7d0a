import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listItems, type PagedList, placeItem, removeItem, replaceItem } from './paged-list.ts'

interface Item {
  id: string
  rank: number
}

const byRank = (one: Item, other: Item) => one.rank - other.rank

function makeList(pages: number[][], nextCursor: string | null = null): PagedList<Item> {
  return {
    pages: pages.map((ranks, index) => ({
      items: ranks.map((rank) => ({ id: `id${rank}`, rank })),
      nextCursor: index === pages.length - 1 ? nextCursor : 'next',
    })),
    pageParams: pages.map(() => null),
  }
}

const ranks = (list: PagedList<Item>) => listItems(list).map((item) => item.rank)

describe('placeItem', () => {
  test('items placed in any order, again and again, leave the list sorted with each once', () => {
    const number = fc.integer({ min: 0, max: 40 })
    fc.assert(
      fc.property(fc.array(number), (placed) => {
        const start = makeList([
          [1, 5, 9],
          [12, 20],
        ])
        const list = placed.reduce((all, rank) => placeItem(all, { id: `id${rank}`, rank }, byRank), start)
        const expected = [...new Set([1, 5, 9, 12, 20, ...placed])].toSorted((one, other) => one - other)
        expect(ranks(list)).toEqual(expected)
      }),
    )
  })

  test('an item whose rank changed leaves its old place', () => {
    expect(ranks(placeItem(makeList([[1, 5], [9]]), { id: 'id9', rank: 2 }, byRank))).toEqual([1, 2, 5])
  })

  test('an item beyond the last loaded page is left to the page that will bring it', () => {
    expect(ranks(placeItem(makeList([[1, 5]], 'more'), { id: 'id9', rank: 9 }, byRank))).toEqual([1, 5])
    expect(ranks(placeItem(makeList([[]]), { id: 'id9', rank: 9 }, byRank))).toEqual([9])
  })
})

test('a row that two pages brought is shown once', () => {
  expect(
    ranks(
      makeList([
        [1, 2],
        [2, 3],
      ]),
    ),
  ).toEqual([1, 2, 3])
})

test('changes of what is not loaded keep the reference, so nothing renders again', () => {
  const list = makeList([[1, 2]])
  expect(removeItem(list, 'other')).toBe(list)
  expect(replaceItem(list, { id: 'other', rank: 7 })).toBe(list)
})
