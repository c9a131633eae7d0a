import { type Expression, type SqlBool, sql } from 'kysely'
import { containsText } from '../like.ts'

/** Fewer digits than this match half of all phone numbers. */
const PHONE_DIGITS_MIN = 3

/** The text in the name, e-mail, company or phone. A phone matches however its digits are written. */
export function matchesSearch(search: string): Expression<SqlBool> {
  const text = containsText(['customers.name', 'customers.email', 'customers.company'], search)
  const digits = phoneDigits(search)
  if (digits.length < PHONE_DIGITS_MIN) return text
  return sql<SqlBool>`(${text} OR ${containsText(['customers.phone'], digits)})`
}

/** Stored numbers are E.164: no spaces, and no zero in front of the area code as people write it at home. */
export function phoneDigits(search: string): string {
  const ascii = toAsciiDigits(search)
  return /[^\d\s()+.-]/.test(ascii) ? '' : ascii.replaceAll(/\D/g, '').replace(/^0+/, '')
}

/** ۰–۹ of Urdu and Persian, ٠–٩ of Arabic. */
function toAsciiDigits(text: string): string {
  return text
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
}
