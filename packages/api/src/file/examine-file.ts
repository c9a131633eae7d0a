import { createReadStream } from 'node:fs'
import { fileTypeFromFile } from 'file-type'
import { imageSizeFromFile } from 'image-size/fromFile'
import { DomainError } from '../errors.ts'
import {
  extensionOf,
  FILE_TYPES,
  type FileType,
  PICTURE_PIXELS_MAX,
  PICTURE_SIDE_MAX,
  PICTURE_TYPES,
} from './schema.ts'

export interface Picture {
  /** As it is shown: what a camera noted about how it was held is applied. */
  width: number
  height: number
}

export interface ExaminedFile {
  type: FileType
  /** null: not to be shown in the page. */
  picture: Picture | null
}

/** Words of file-type for what we know under another. */
const OTHER_WORDS: Record<string, FileType> = {
  'audio/mp4': 'audio/x-m4a',
  'audio/opus': 'audio/ogg',
  'image/heif': 'image/heic',
  'video/x-m4v': 'video/mp4',
}

/**
 * What a file is, by its bytes; its name decides alone between kinds of text, which have no mark of their own.
 *
 * @throws DomainError UNSUPPORTED_TYPE
 */
export async function examineFile(path: string, name: string): Promise<ExaminedFile> {
  const found = await fileTypeFromFile(path)
  const type = found ? toKnownType(found.mime) : await readAsText(path, name)
  if (type === undefined) throw unsupported(found?.mime ?? null)
  return { type, picture: PICTURE_TYPES.includes(type) ? await measurePicture(path) : null }
}

function toKnownType(mime: string): FileType | undefined {
  const [bare = ''] = mime.split(';')
  const type = OTHER_WORDS[bare] ?? bare
  return Object.hasOwn(FILE_TYPES, type) ? (type as FileType) : undefined
}

/** UTF-8 without control characters that no text has, under a name that promises text. */
async function readAsText(path: string, name: string): Promise<FileType | undefined> {
  const ends: readonly string[] = FILE_TYPES['text/plain']
  if (!ends.includes(extensionOf(name))) return undefined
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path)) {
      if (hasControls(decoder.decode(chunk as Buffer, { stream: true }))) return undefined
    }
    return hasControls(decoder.decode()) ? undefined : 'text/plain'
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function hasControls(text: string): boolean {
  return /[^\P{Cc}\t\n\f\r]/u.test(text)
}

/** null for one that cannot be read, or would cost whoever looks at it too much. */
async function measurePicture(path: string): Promise<Picture | null> {
  const size = await imageSizeFromFile(path).catch(() => undefined)
  if (!size) return null
  const { width, height, orientation = 1 } = size
  const isShowable =
    Math.min(width, height) > 0 &&
    Math.max(width, height) <= PICTURE_SIDE_MAX &&
    width * height <= PICTURE_PIXELS_MAX
  if (!isShowable) return null
  // From 5 on the camera was held on its side.
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}

function unsupported(found: string | null): DomainError {
  return new DomainError(
    'UNSUPPORTED_TYPE',
    'Files of this type cannot be attached. Pictures, documents, sound, video, text and zip can.',
    { details: { found } },
  )
}
