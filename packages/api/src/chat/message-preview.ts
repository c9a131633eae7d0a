/** Characters of `conversations.last_message_preview`, as the server counts them: code points. */
export const PREVIEW_LENGTH_MAX = 200
const ELLIPSIS = '…'
/** Instead of a word, which would have to be in the language of whoever reads it. */
export const PAPERCLIP = '📎'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The beginning of a message on one line, or the name of its first file. Never ends inside what a reader sees as one character. */
export function toMessagePreview(body: string, attachments: readonly { name: string }[] = []): string {
  const words = body.trim().replaceAll(/\s+/g, ' ')
  const [file] = attachments
  const line = words === '' && file ? `${PAPERCLIP} ${file.name}` : words
  if (codePointCount(line) <= PREVIEW_LENGTH_MAX) return line
  return takeGraphemes(line, PREVIEW_LENGTH_MAX - 1) + ELLIPSIS
}

function takeGraphemes(text: string, codePointsMax: number): string {
  let taken = ''
  let count = 0
  for (const { segment } of graphemes.segment(text)) {
    count += codePointCount(segment)
    if (count > codePointsMax) break
    taken += segment
  }
  return taken
}

function codePointCount(text: string): number {
  return Array.from(text).length
}
