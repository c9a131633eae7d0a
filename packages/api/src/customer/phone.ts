import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { DomainError } from '../errors.ts'

/** Whose way of writing numbers is meant when a number does not say; until tenants have a profile of their own. */
const DEFAULT_COUNTRY = 'PK'
const NOT_A_PHONE =
  'This is not a phone number that can be called. Write it with its country code, like +92 300 1234567.'

/**
 * A phone number as people write it (spaces, Urdu digits, without country code) in E.164.
 * INVALID with the field `phone` for anything that is not one; nothing of the text is dropped silently.
 */
export function normalizePhone(text: string): string {
  const phone = parsePhoneNumberFromString(text, { defaultCountry: DEFAULT_COUNTRY, extract: false })
  if (!phone?.isValid() || phone.ext) {
    throw new DomainError('INVALID', 'The phone number is not right. Check it and try again.', {
      fields: { phone: [NOT_A_PHONE] },
    })
  }
  return phone.number
}
