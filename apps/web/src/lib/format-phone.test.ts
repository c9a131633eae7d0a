import { expect, test } from 'vitest'
import { formatPhone } from './format-phone.ts'

test('a number is grouped where we are sure how, and never changed otherwise', () => {
  expect(formatPhone('+923001234567')).toBe('+92 300 1234567')
  expect(formatPhone('+442079460018')).toBe('+442079460018')
})
