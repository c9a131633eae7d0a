import { foldText } from '@sarai/db'
import { CANDIDATE_DIGITS_MIN } from './schema.ts'

/**
 * The part of a telephone number that is stored as it is typed, whatever stands between its digits and in whichever script: a
 * number is kept with its country's code, and typed with a zero instead. null: this is no number.
 */
export function readDigits(text: string): string | null {
  const folded = foldText(text)
  if (!/^[\d\s()+./-]+$/.test(folded)) return null
  const digits = folded.replaceAll(/\D/g, '').replace(/^0+/, '')
  return digits.length < CANDIDATE_DIGITS_MIN ? null : digits
}
