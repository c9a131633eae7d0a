/** Only what a browser opens safely; the end of a sentence is not a part of the address. */
const LINK = /https?:\/\/[^\s<>"'،؛۔]+[^\s<>"'.,;:!?)\]،؛۔؟]/giu

/** `at`: where in the text it begins. */
export interface TextPart {
  type: 'text' | 'link'
  text: string
  at: number
}

/** The text cut where addresses begin and end. Nothing is ever fetched for them. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(LINK)) {
    if (match.index > from) parts.push({ type: 'text', text: text.slice(from, match.index), at: from })
    parts.push({ type: 'link', text: match[0], at: match.index })
    from = match.index + match[0].length
  }
  if (from < text.length) parts.push({ type: 'text', text: text.slice(from), at: from })
  return parts
}
