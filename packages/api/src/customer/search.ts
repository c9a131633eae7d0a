import type { TenantTables } from '@sarai/db'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import { containsPattern, matchesLike } from '../like.ts'

/** Fewer digits than this match half of all phone numbers. */
const PHONE_DIGITS_MIN = 3

/** The text in the name, e-mail, company or phone. A phone matches however its digits are written. */
export function matchesSearch(
  eb: ExpressionBuilder<TenantTables, 'customers'>,
  search: string,
): Expression<SqlBool> {
  const pattern = containsPattern(search)
  const columns = ['customers.name', 'customers.email', 'customers.company'] as const
  const matches: Expression<SqlBool>[] = columns.map((column) => matchesLike(column, pattern))
  const digits = phoneDigits(search)
  if (digits.length >= PHONE_DIGITS_MIN) matches.push(matchesLike('customers.phone', containsPattern(digits)))
  return eb.or(matches)
}

/** Stored numbers are E.164: no spaces, and no zero in front of the area code as people write it at home. */
function phoneDigits(search: string): string {
  if (/[^\d\s()+.-]/.test(toAsciiDigits(search))) return ''
  return toAsciiDigits(search).replaceAll(/\D/g, '').replace(/^0+/, '')
}

/** ۰–۹ of Urdu and Persian, ٠–٩ of Arabic. */
function toAsciiDigits(text: string): string {
  return text
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
}
