import { foldWords, type FoundWord, splitWords } from '@sarai/db'
import type { SnippetPart } from './model.ts'

/** Code units of a message that are shown where it was found. */
export const SNIPPET_LENGTH_MAX = 160
/** Of those, what is left of the words in front of the first match. */
const BEFORE_MATCH_MAX = 40
const ELLIPSIS = '…'

/** What was typed, ready to be compared: its pieces between spaces, each as words. `INV-2041 علی`: `inv 2041`, `علی`. */
export function readPieces(text: string): string[] {
  const pieces = text.split(/\s+/).map(foldWords)
  return [...new Set(pieces.filter((piece) => piece !== ''))]
}

/** The text has every piece: words that follow each other as those of the piece do, the last one beginning as its last. */
export function hasPieces(text: string, pieces: readonly string[]): boolean {
  const words = ` ${foldWords(text)}`
  return pieces.every((piece) => words.includes(` ${piece}`))
}

/** The part of a text around the first match, in one line, cut where it says what matched and what did not. */
export function makeSnippet(text: string, pieces: readonly string[]): SnippetPart[] {
  const words = splitWords(text)
  const marks = findMarks(text, { words, pieces })
  const from = startOf(words, marks[0]?.from ?? 0)
  const to = endOf(text, from)
  const inside = marks
    .filter((mark) => mark.from < to)
    .map((mark) => ({ ...mark, to: Math.min(mark.to, to) }))
  const parts = cutParts(text, { from, to, marks: inside })
  if (from > 0) parts.unshift({ text: ELLIPSIS, isMatch: false })
  if (to < text.trimEnd().length) parts.push({ text: ELLIPSIS, isMatch: false })
  return joinAlike(parts)
}

interface Mark {
  from: number
  to: number
}

function findMarks(
  text: string,
  { words, pieces }: { words: readonly FoundWord[]; pieces: readonly string[] },
): Mark[] {
  const split = pieces.map((piece) => piece.split(' '))
  const marks: Mark[] = []
  for (let at = 0; at < words.length; at++) {
    const ends = split.flatMap((piece) =>
      endOfMatch(text, { words: words.slice(at, at + piece.length), piece }),
    )
    const from = Math.max(words[at]?.from ?? 0, marks.at(-1)?.to ?? 0)
    const to = Math.max(...ends, 0)
    if (to > from) marks.push({ from, to })
  }
  return marks
}

/** Where a piece that begins with the first of these words ends in the text; nothing if none does. */
function endOfMatch(
  text: string,
  { words, piece }: { words: readonly FoundWord[]; piece: readonly string[] },
): number[] {
  const last = words.at(-1)
  if (words.length < piece.length || !last) return []
  const isFound = piece.every((word, index) => {
    const { folded = '' } = words[index] ?? {}
    return index === piece.length - 1 ? folded.startsWith(word) : folded === word
  })
  return isFound ? [last.from + lengthOfPrefix(text.slice(last.from, last.to), piece.at(-1) ?? '')] : []
}

/** How much of a word, as it is written, folds to what was looked for: its marks belong to the letter before them. */
function lengthOfPrefix(word: string, prefix: string): number {
  let length = 0
  for (const character of word) {
    const isThere = foldWords(word.slice(0, length)).length >= prefix.length
    if (isThere && foldWords(character) !== '') break
    length += character.length
  }
  return length
}

/** The beginning of the first word that is near enough to the match. */
function startOf(words: readonly FoundWord[], match: number): number {
  if (match <= BEFORE_MATCH_MAX) return 0
  const first = words.find(({ from }) => from >= match - BEFORE_MATCH_MAX)
  return Math.min(first?.from ?? match, match)
}

/** Never between the halves of one character. */
function endOf(text: string, from: number): number {
  const to = Math.min(text.length, from + SNIPPET_LENGTH_MAX)
  return text.slice(from, to).isWellFormed() ? to : to - 1
}

function cutParts(
  text: string,
  { from, to, marks }: { from: number; to: number; marks: readonly Mark[] },
): SnippetPart[] {
  const parts: SnippetPart[] = []
  let at = from
  for (const mark of marks) {
    parts.push({ text: text.slice(at, mark.from), isMatch: false })
    parts.push({ text: text.slice(mark.from, mark.to), isMatch: true })
    at = mark.to
  }
  parts.push({ text: text.slice(at, to), isMatch: false })
  return parts.map((part) => ({ ...part, text: part.text.replaceAll(/\s+/g, ' ') }))
}

function joinAlike(parts: readonly SnippetPart[]): SnippetPart[] {
  const joined: SnippetPart[] = []
  for (const part of parts.filter(({ text }) => text !== '')) {
    const before = joined.at(-1)
    if (before?.isMatch === part.isMatch) before.text += part.text
    else joined.push({ ...part })
  }
  return joined
}
