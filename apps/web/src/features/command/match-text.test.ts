import { expect, test } from 'vitest'
import { matchesText } from './match-text.ts'

test.each([
  ['Go to the dashboard', 'dash'],
  ['Theme: Dark', 'dark th'],
  ['Zaitoon Foods', ''],
  ['ڈیش بورڈ', 'ڈيش'],
  ['گاہک', 'گاهك'],
])('%s is found by “%s”', (text, query) => {
  expect(matchesText(text, query)).toBe(true)
})

test('letters in the middle of a word find nothing: too much would match', () => {
  expect(matchesText('Dashboard', 'board')).toBe(false)
})
