import { expect, test } from 'vitest'
import { countSelected, EVERYBODY, isNobody, isSelected, NOBODY, put, toggle } from './selection.ts'

test('one by one, and out again', () => {
  const one = toggle(NOBODY, 'a')
  expect(isSelected(one, 'a')).toBe(true)
  expect(isSelected(one, 'b')).toBe(false)
  expect(countSelected(one, 100)).toBe(1)
  expect(isNobody(toggle(one, 'a'))).toBe(true)
})

test('a range, with some of it selected before', () => {
  const some = put(toggle(NOBODY, 'b'), ['a', 'b', 'c'], true)
  expect(countSelected(some, undefined)).toBe(3)
  expect(countSelected(put(some, ['b', 'c', 'd'], false), undefined)).toBe(1)
})

test('all but for some, and those back in', () => {
  const most = toggle(EVERYBODY, 'a')
  expect(isSelected(most, 'a')).toBe(false)
  expect(isSelected(most, 'never loaded')).toBe(true)
  expect(countSelected(most, 100)).toBe(99)
  expect(countSelected(most, undefined)).toBeUndefined()
  expect(countSelected(toggle(most, 'a'), 100)).toBe(100)
  expect(isNobody(put(EVERYBODY, ['a'], false))).toBe(false)
})
