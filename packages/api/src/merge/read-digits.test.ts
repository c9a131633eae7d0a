import { expect, test } from 'vitest'
import { readDigits } from './read-digits.ts'
import { CANDIDATE_DIGITS_MIN } from './schema.ts'

test.each([
  ['0300 1234567', '3001234567'],
  ['+92 (300) 123-4567', '923001234567'],
  ['۰۳۰۰ ۱۲۳۴۵۶۷', '3001234567'],
])('%s is looked for as it is stored', (typed, digits) => {
  expect(readDigits(typed)).toBe(digits)
})

test('words with a number in them, and what is too short, are no number', () => {
  expect(readDigits('INV-2041')).toBeNull()
  expect(readDigits('0'.padEnd(CANDIDATE_DIGITS_MIN, '7'))).toBeNull()
  expect(readDigits(''.padEnd(CANDIDATE_DIGITS_MIN, '7'))).not.toBeNull()
})
