import type { Mention } from '@sarai/api'

/** Only what a browser opens safely; the end of a sentence is not a part of the address. */
const LINK = /https?:\/\/[^\s<>"'،؛۔]+[^\s<>"'.,;:!?)\]،؛۔؟]/giu

/** `at`: where in the text it begins. */
export interface TextPart {
  type: 'text' | 'link' | 'mention'
  text: string
  at: number
}

/** The text cut where addresses and names of members begin and end. Nothing is ever fetched for an address. */
export function splitBody(text: string, mentions: readonly Mention[]): TextPart[] {
  const parts = cut({ type: 'text', text, at: 0 }, { type: 'link', pattern: LINK })
  if (mentions.length === 0) return parts
  const pattern = toPattern(mentions)
  return parts.flatMap((part) => (part.type === 'text' ? cut(part, { type: 'mention', pattern }) : [part]))
}

/** The longest first: one name may begin with another. */
function toPattern(mentions: readonly Mention[]): RegExp {
  const names = mentions.map(({ name }) => name).toSorted((one, other) => other.length - one.length)
  return new RegExp(`@(?:${names.map(escape).join('|')})`, 'gu')
}

function escape(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
}

function cut(whole: TextPart, { type, pattern }: { type: TextPart['type']; pattern: RegExp }): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of whole.text.matchAll(pattern)) {
    if (match.index > from) parts.push(toText(whole, from, match.index))
    parts.push({ type, text: match[0], at: whole.at + match.index })
    from = match.index + match[0].length
  }
  if (from < whole.text.length) parts.push(toText(whole, from, whole.text.length))
  return parts
}

function toText(whole: TextPart, from: number, to: number): TextPart {
  return { type: 'text', text: whole.text.slice(from, to), at: whole.at + from }
}
