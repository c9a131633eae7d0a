import { getCountries } from 'libphonenumber-js/min'
import { describe, expect, test } from 'vitest'
import { COUNTRIES } from '../tenant/schema.ts'
import { normalizePhone, readPhone } from './phone.ts'

describe('a phone number', () => {
  test.each([
    ['0300 1234567', '+923001234567'],
    ['+92 (300) 123-4567', '+923001234567'],
    ['0092 300 1234567', '+923001234567'],
    ['۰۳۰۰ ۱۲۳۴۵۶۷', '+923001234567'],
    ['٠٣٠٠١٢٣٤٥٦٧', '+923001234567'],
    ['042 35761234', '+924235761234'],
    ['+44 20 7946 0958', '+442079460958'],
  ])('%s is stored as %s', (written, stored) => {
    expect(normalizePhone(written, 'PK')).toBe(stored)
  })

  test.each([
    '12',
    'call me',
    '+92 300',
    '+999 123456',
    '0300 1234567 or 0301 7654321',
    'tel 03001234567',
    '0300 1234567 ext 5',
  ])('%s is refused with the field it is in', (written) => {
    expect(() => normalizePhone(written, 'PK')).toThrow(
      expect.objectContaining({
        code: 'INVALID',
        fields: { phone: [expect.stringContaining('country code')] },
      }),
    )
  })

  test('without a country code is one of the business’s country', () => {
    expect(readPhone('020 7946 0958', 'GB')).toBe('+442079460958')
    expect(readPhone('020 7946 0958', 'PK')).not.toBe('+442079460958')
    expect(readPhone('030 12345678', 'DE')).toBe('+493012345678')
  })

  test('can be read for every country that a business may choose, and those are all that there are', () => {
    expect([...COUNTRIES].sort()).toEqual([...getCountries()].sort())
  })
})
