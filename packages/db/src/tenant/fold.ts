/**
 * One way of writing for what people write in many: of Urdu, Arabic and Persian letters that look alike, with and
 * without diacritics, digits of three scripts, capitals, full width. The server folds what is stored (generated columns
 * of `customers`), this file folds what is looked for; `fold.integration.test.ts` holds both to the same answers.
 *
 * Released columns have these rules in them: to change one is a migration that makes the columns anew.
 */

/** A class of characters, as the inside of `[…]` in the expressions of both PCRE and JavaScript, and what they become. */
type Fold = readonly [characters: string, folded: string]

/** Marks above and below letters, the tatweel that stretches them, joiners and signs of direction that nobody sees. */
const UNSEEN =
  '\u00ad\u0300-\u036f\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u0674\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed' +
  '\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff' +
  // The hamza on the line: شعرا and شعراء are the same word.
  '\u0621'

const ARABIC: readonly Fold[] = [
  ['آأإٱٲٳٵ\ufe81-\ufe84\ufe87\ufe88\ufe8d\ufe8e', 'ا'],
  ['ؤٶ', 'و'],
  ['كڪ', 'ک'],
  ['ئىيۍێ', 'ی'],
  ['ۓ', 'ے'],
  ['ةهھۀۂۃە', 'ہ'],
]

const LATIN_PAIRS: readonly Fold[] = [
  ['ßẞ', 'ss'],
  ['æÆǽǼ', 'ae'],
  ['œŒ', 'oe'],
  ['þÞ', 'th'],
]
/** Letters with a stroke and the like, which no decomposition takes apart. */
const LATIN_STROKES: Record<string, string> = { d: 'đĐðÐ', h: 'ħĦ', i: 'ıİ', l: 'łŁ', o: 'øØǿǾ', t: 'ŧŦ' }
const LATIN_BLOCKS = [
  [0xc0, 0x24f],
  [0x1e00, 0x1eff],
  [0xff21, 0xff5a],
] as const

const DIGITS: readonly Fold[] = Array.from({ length: 10 }, (_, digit) => [
  String.fromCodePoint(0x0660 + digit, 0x06f0 + digit, 0xff10 + digit),
  String(digit),
])

const FOLDS: readonly Fold[] = [
  [UNSEEN, ''],
  ...ARABIC,
  ...DIGITS,
  ...LATIN_PAIRS,
  ...Array.from('abcdefghijklmnopqrstuvwxyz', foldLatin),
]

/** é, É and ｅ are e: every character whose compatibility decomposition is the letter with marks. */
function foldLatin(letter: string): Fold {
  const found = LATIN_BLOCKS.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)),
  ).filter((character) => withoutMarks(character) === letter)
  return [found.join('') + (LATIN_STROKES[letter] ?? ''), letter]
}

function withoutMarks(character: string): string {
  return character
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
}

/** Everything between words: signs of ASCII and Latin-1, punctuation of Arabic, of books, of Chinese, of full width. */
const BETWEEN_WORDS =
  '\u0001-/:-@[-`{-\u00bf×÷\u060c\u061b\u061e\u061f\u066a-\u066d\u06d4\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f' +
  '\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65'

const COMPILED = FOLDS.map(([characters, folded]) => [new RegExp(`[${characters}]`, 'gu'), folded] as const)
const ASCII = /^[\u0001-\u007f]*$/
const GAPS = new RegExp(`[${BETWEEN_WORDS}]+`, 'gu')
/** Marks that nobody sees are gone before words are parted, so that they part none. */
const WORDS = new RegExp(`(?:[${UNSEEN}]|[^${BETWEEN_WORDS}])+`, 'gu')
/** Letters that Unicode has got since the server's tables were made: it does not know which are capitals. */
const CAPITALS_UNKNOWN_TO_SERVER =
  /[\u037f\u0526-\u052f\u10c7\u10cd\u13a0-\u13f5\u1c80-\u1cbf\u2c2f\u2cf2\ua660\ua698-\ua69b\ua78d\ua790-\ua7ff\u{10428}-\u{10ffff}]/u

/** The text as `customers.folded` has it. Folding twice is folding once. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  const folded = COMPILED.reduce((rest, [pattern, letter]) => rest.replace(pattern, letter), text)
  return Array.from(folded, lower).join('')
}

function lower(character: string): string {
  return CAPITALS_UNKNOWN_TO_SERVER.test(character) ? character : character.toLowerCase()
}

/** The words of a text, folded, with one space between: `O’Neill & Söhne` is `o neill sohne`. */
export function foldWords(text: string): string {
  return foldText(text).replace(GAPS, ' ').trim()
}

/** A word as it stands in a text, from one position of it until before another, and as it is compared. */
export interface FoundWord {
  from: number
  to: number
  folded: string
}

/** The words of foldWords, with where they stand in the text: O’Neill has two. What folds to nothing is no word. */
export function splitWords(text: string): FoundWord[] {
  return [...text.matchAll(WORDS)]
    .map(({ 0: word, index }) => ({ from: index, to: index + word.length, folded: foldText(word) }))
    .filter(({ folded }) => folded !== '')
}

/** The same as foldText, of an expression of utf8mb4. What is ASCII alone, as most is, costs one look. */
export function foldSql(expression: string): string {
  const folded = FOLDS.reduce(
    (rest, [characters, letter]) => `REGEXP_REPLACE(${rest}, '[${characters}]', '${letter}')`,
    `${expression} COLLATE utf8mb4_bin`,
  )
  return `LOWER(IF(${expression} REGEXP '[^\u0001-\u007f]', ${folded}, ${expression}) COLLATE utf8mb4_unicode_520_ci)`
}

/** The same as foldWords, of an expression that is folded already. */
export function foldWordsSql(folded: string): string {
  return `TRIM(REGEXP_REPLACE(${folded} COLLATE utf8mb4_bin, '[${BETWEEN_WORDS}]+', ' '))`
}
