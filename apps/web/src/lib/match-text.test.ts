import { expect, test } from 'vitest'
import { beginsAtWord, matchesText } from './match-text.ts'

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

test('what is typed word by word begins at a word, and a word too many ends it', () => {
  for (const query of ['', 'ay', 'khan', 'Ayesha K']) expect(beginsAtWord('Ayesha Khan', query)).toBe(true)
  for (const query of ['han', 'Ayesha Khan k', 'khan ay'])
    expect(beginsAtWord('Ayesha Khan', query)).toBe(false)
  expect(beginsAtWord('علی رضا', 'علي')).toBe(true)
})
