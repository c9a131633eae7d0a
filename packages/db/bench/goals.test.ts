import { expect, test } from 'vitest'
import { describeBound, describeDistance, judge } from './goals.ts'

const goal = { what: 'a goal', unit: 'ms' }

test('a value on the bound meets it', () => {
  expect(judge({ ...goal, measured: 3, atMost: 3 })).toMatchObject({ isMet: true, distance: 0 })
  expect(judge({ ...goal, measured: 0.75, atLeast: 0.75 })).toMatchObject({ isMet: true, distance: 0 })
})

test('the distance is a share of the bound', () => {
  const missed = judge({ ...goal, measured: 4.5, atMost: 3 })
  expect(missed.isMet).toBe(false)
  expect(describeDistance(missed)).toBe('missed by 50 %')
  expect(describeDistance(judge({ ...goal, measured: 0.6, atLeast: 0.75 }))).toBe('missed by 20 %')
  expect(describeDistance(judge({ ...goal, measured: 1.5, atMost: 3 }))).toBe('met, 50 % to spare')
})

test('of a bound that is nothing, the distance is the value', () => {
  expect(describeDistance(judge({ ...goal, measured: 7, atMost: 0, unit: 'refused' }))).toBe(
    'missed by 7 refused',
  )
  expect(describeDistance(judge({ ...goal, measured: 0, atMost: 0 }))).toBe('met')
})

test('bounds are written with their unit', () => {
  expect(describeBound({ ...goal, measured: 1, atMost: 3 })).toBe('≤ 3 ms')
  expect(describeBound({ ...goal, measured: 1, atLeast: 0.75, unit: '×' })).toBe('≥ 0.75 ×')
})

test('what was not measured is not judged', () => {
  expect(() => judge({ ...goal, measured: NaN, atMost: 1 })).toThrow(RangeError)
  expect(() => judge({ ...goal, measured: 1 })).toThrow(RangeError)
})
