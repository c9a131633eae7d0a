import { expect, test } from 'vitest'
import { phoneDigits } from './search.ts'

test.each([
  ['0300 123', '300123'],
  ['+92 (300) 12-3', '92300123'],
  ['۰۳۰۰', '300'],
  ['٠٣٠٠', '300'],
  ['amina', ''],
  ['block 300', ''],
])('%s is looked for among phone numbers as "%s"', (search, digits) => {
  expect(phoneDigits(search)).toBe(digits)
})
