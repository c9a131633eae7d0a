/** Arabic forms that Urdu writers and keyboards mix up, folded to one. */
const FOLDED: Record<string, string> = { ك: 'ک', ي: 'ی', ى: 'ی', ه: 'ہ', ة: 'ہ', أ: 'ا', إ: 'ا', آ: 'ا' }

/** Every word of the query begins a word of the text, in any order, whatever the case and the diacritics. */
export function matchesText(text: string, query: string): boolean {
  const words = fold(text).split(/[\s:،,.…]+/)
  return fold(query)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)))
}

/** The query, as it stands, begins at one of the text's words: what somebody types goes on word by word. */
export function beginsAtWord(text: string, query: string): boolean {
  return ` ${fold(text)}`.includes(` ${fold(query)}`)
}

function fold(text: string): string {
  return text
    .normalize('NFC')
    .replace(/./gu, (letter) => FOLDED[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .trim()
}
