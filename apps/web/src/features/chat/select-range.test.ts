import { MANY_MAX } from '@sarai/api/chat/schema'
import { expect, test } from 'vitest'
import { selectRange } from './select-range.ts'

const order = Array.from({ length: MANY_MAX + 10 }, (_, number) => `c${number}`)
const press = (id: string, selected: string[] = [], anchor?: string) => [
  ...selectRange({ order, selected: new Set(selected), anchor, id }),
]

test('a press turns one over, a range takes all between and gives all between back', () => {
  expect(press('c2')).toEqual(['c2'])
  expect(press('c2', ['c1', 'c2'])).toEqual(['c1'])
  expect(press('c4', ['c2'], 'c2')).toEqual(['c2', 'c3', 'c4'])
  expect(press('c1', ['c3'], 'c3').toSorted()).toEqual(['c1', 'c2', 'c3'])
  expect(press('c2', ['c2', 'c3', 'c4'], 'c4')).toEqual([])
  expect(press('c2', [], 'gone')).toEqual(['c2'])
})

test('no more is chosen than can be changed at once', () => {
  const all = press(`c${order.length - 1}`, [], 'c0')
  expect(all).toHaveLength(MANY_MAX)
  expect(press('c0', all.slice(1).concat(`c${MANY_MAX}`))).toHaveLength(MANY_MAX)
})
