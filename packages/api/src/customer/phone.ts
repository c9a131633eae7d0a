import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { DomainError } from '../errors.ts'

const NOT_A_PHONE =
  'This is not a phone number that can be called. Write it with its country code, like +92 300 1234567.'

/** In E.164; undefined for what is no number that can be called. Without a country code, one of `country` is meant. */
export function readPhone(text: string, country: string): string | undefined {
  // What is not in the library's list would make it throw; our own list is tested against it.
  const options = { defaultCountry: country as CountryCode, extract: false }
  const phone = parsePhoneNumberFromString(text, options)
  return phone?.isValid() && !phone.ext ? phone.number : undefined
}

/**
 * A phone number as people write it (spaces, Urdu digits, without country code) in E.164.
 * INVALID with the field `phone` for anything that is not one; nothing of the text is dropped silently.
 */
export function normalizePhone(text: string, country: string): string {
  const phone = readPhone(text, country)
  if (phone === undefined) {
    throw new DomainError('INVALID', 'The phone number is not right. Check it and try again.', {
      fields: { phone: [NOT_A_PHONE] },
    })
  }
  return phone
}
