const ARABIC_LETTERS = /\p{Script=Arabic}/gu
const LATIN_LETTERS = /\p{Script=Latin}/gu
/** Enough to tell; a long message is not read to its end for it. */
const LETTERS_READ_MAX = 400

/** The language a text is set in: Urdu that is read wants Nastaliq and its tall lines, English does not. */
export function languageOf(text: string): 'ur' | 'en' {
  const start = text.slice(0, LETTERS_READ_MAX)
  const arabic = start.match(ARABIC_LETTERS)?.length ?? 0
  const latin = start.match(LATIN_LETTERS)?.length ?? 0
  return arabic > latin ? 'ur' : 'en'
}
