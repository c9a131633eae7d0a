import { extensionOf, FILE_NAME_LENGTH_MAX, FILE_TYPES, type FileType } from './schema.ts'

/** Marks that turn the direction of text: with them `exe.gpj` reads as `jpg.exe`. The joiners that Urdu needs are others. */
const DIRECTION_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
/** Control characters, halves of characters, and what some system does not allow in a name. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}"*:<>?|]/gu
const UNNAMED = 'file'

/** A name as it may be shown and saved: no folder, nothing hidden, and an end that says what the bytes are. */
export function toFileName(requested: string, type: FileType): string {
  const last = requested.split(/[/\\]/).at(-1) ?? ''
  const cleaned = last
    .replaceAll(DIRECTION_MARKS, '')
    .replaceAll(NOT_IN_NAMES, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '')
  const ends: readonly string[] = FILE_TYPES[type]
  const end = extensionOf(cleaned)
  if (!ends.includes(end)) return cut(cleaned === '' ? UNNAMED : cleaned, `.${ends[0] ?? ''}`)
  return cut(cleaned.slice(0, -end.length - 1), cleaned.slice(-end.length - 1))
}

function cut(stem: string, end: string): string {
  const left = FILE_NAME_LENGTH_MAX - end.length
  return (
    Array.from(stem === '' ? UNNAMED : stem)
      .slice(0, left)
      .join('') + end
  )
}
