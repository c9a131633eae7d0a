/** Of one file. A phone's photo has up to 10 MB, a scanned contract rarely more than 20. */
export const FILE_BYTES_MAX = 25 * 1024 * 1024
export const FILES_PER_MESSAGE_MAX = 10
/** Code points; the end of the name, which says the type, is kept when the rest is cut. */
export const FILE_NAME_LENGTH_MAX = 200
/** Of one member: uploaded and not sent. */
export const FILES_WAITING_MAX = 50
/** What is uploaded and not sent is deleted after so long. */
export const FILE_WAITS_HOURS_MAX = 24
/** Of one member at the same time, in each process. */
export const UPLOADS_AT_ONCE_MAX = 6
/** Wider or higher pictures are offered as files: a browser would need hundreds of megabytes to show one. */
export const PICTURE_SIDE_MAX = 16_384
export const PICTURE_PIXELS_MAX = 50_000_000

/**
 * What may be attached, by the type that is found in the bytes, with the ends that its names may have. A name with
 * another end gets the first of them. Nothing that a browser or a desktop runs: no HTML, SVG, script, program or
 * document with macros.
 */
export const FILE_TYPES = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
  'image/heic': ['heic', 'heif'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'application/rtf': ['rtf'],
  'application/zip': ['zip'],
  'audio/mpeg': ['mp3'],
  'audio/x-m4a': ['m4a'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'audio/wav': ['wav'],
  'video/mp4': ['mp4', 'm4v'],
  'video/quicktime': ['mov'],
  'video/webm': ['webm'],
  'video/3gpp': ['3gp'],
  'text/plain': ['txt', 'csv', 'tsv', 'md', 'log'],
} as const satisfies Record<string, readonly [string, ...string[]]>
export type FileType = keyof typeof FILE_TYPES

/** Shown in the page: browsers decode these to pixels and to nothing else. */
export const PICTURE_TYPES: readonly FileType[] = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
]

/** Every end that a name may have, each once. */
export const FILE_EXTENSIONS: readonly string[] = Object.values(FILE_TYPES).flat()

/** The end of a name in lower case, without the dot; empty if it has none. */
export function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** Why a file need not even be sent: what the server would say, as far as name and size tell. */
export function refuseFile(file: { name: string; size: number }): 'empty' | 'tooLarge' | 'type' | null {
  if (file.size === 0) return 'empty'
  if (file.size > FILE_BYTES_MAX) return 'tooLarge'
  return FILE_EXTENSIONS.includes(extensionOf(file.name)) ? null : 'type'
}
