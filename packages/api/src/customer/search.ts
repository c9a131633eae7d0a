import { foldText, foldWords } from '@sarai/db'
import { type Expression, type SqlBool, sql } from 'kysely'
import { containsBytes, escapeLike, likeBytes } from '../like.ts'

/** Fewer digits than this match half of all phone numbers. */
const PHONE_DIGITS_MIN = 3

/** What was typed, ready to be looked for. */
export interface Search {
  /** Words that begin like these, all of them; several in one if only a sign stood between them. */
  words: readonly string[]
  /** Folded, as they were typed, where they hold more than words: `100%`, `amina@`. */
  signs: readonly string[]
  /** Digits that a phone number begins or ends with; '' if what was typed is no phone number. */
  digits: string
}

export function readSearch(text: string): Search {
  const pieces = text.split(/\s+/).filter((piece) => piece !== '')
  const words = pieces.map(foldWords).filter((piece) => piece !== '')
  const digits = phoneDigits(text)
  // The plus and the brackets of a phone number stand nowhere else.
  const signed = digits === '' ? pieces.map(foldText) : []
  const signs = signed.filter((piece) => piece !== foldWords(piece) && piece !== '')
  return { words, signs, digits: digits.length < PHONE_DIGITS_MIN ? '' : digits }
}

/** Not even a sign: nothing was typed, or only marks that nobody sees. */
export function isNothing({ words, signs }: Search): boolean {
  return words.length === 0 && signs.length === 0
}

/** The beginnings of words of which one must be there: without the phone, those of any single word would do. */
export function phonePrefixes({ digits }: Search): string[] {
  return digits === '' ? [] : [digits, `-${Array.from(digits).toReversed().join('')}`]
}

/** Every word at the beginning of a word in name, company, e-mail or phone; or the digits at either end of the phone. */
export function matchesWords(search: Search): Expression<SqlBool> {
  const words = search.words.map((word) => beginsWord(word))
  const signs = search.signs.map((sign) => containsBytes('customers.folded', sign))
  const phone = phonePrefixes(search).map((prefix) => beginsWord(prefix))
  const text = sql<SqlBool>`(${sql.join([...words, ...signs], sql` AND `)})`
  return phone.length === 0 ? text : sql<SqlBool>`(${sql.join([text, ...phone], sql` OR `)})`
}

/** The same text anywhere, in the middle of words too: for what no word begins with. */
export function matchesAnywhere(text: string): Expression<SqlBool> {
  const pieces = foldText(text).split(/\s+/)
  const folded = pieces.map((piece) => containsBytes('customers.folded', piece))
  const { digits } = readSearch(text)
  const phone = digits === '' ? [] : [containsBytes('customers.phone', digits)]
  return sql<SqlBool>`(${sql.join([sql`(${sql.join(folded, sql` AND `)})`, ...phone], sql` OR `)})`
}

/** The shorter column first, which is enough for most; digits may stand in the phone alone, which it has not. */
function beginsWord(prefix: string): Expression<SqlBool> {
  const begins = likeBytes('customers.search_text', `% ${escapeLike(prefix)}%`)
  if (/\d/.test(prefix)) return begins
  return sql<SqlBool>`(${containsBytes('customers.folded', prefix.split(' ')[0] ?? '')} AND ${begins})`
}

/** Stored numbers are E.164: no spaces, and no zero in front of the area code as people write it at home. */
export function phoneDigits(search: string): string {
  const ascii = foldText(search)
  return /[^\d\s()+.-]/.test(ascii) ? '' : ascii.replaceAll(/\D/g, '').replace(/^0+/, '')
}
