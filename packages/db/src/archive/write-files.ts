import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ZipFile } from 'yazl'
import { ArchiveError } from './archive-error.ts'
import type { ArchiveFiles, AttachedFile } from './archived-files.ts'
import { fileEntryNameOf, FILES_MAX, type FilesInArchive, UNREADABLE_FILES_MAX } from './manifest.ts'
import { type OnArchiveProgress, requireGoing, StepCounter } from './progress.ts'

interface WritingFiles {
  store: Pick<ArchiveFiles, 'read'>
  tenantId: string
  attached: readonly AttachedFile[]
  onProgress: OnArchiveProgress | undefined
  gone: AbortSignal
}

/** The bytes of every file, as they are: most are compressed already. One that cannot be read stops nothing. */
export async function writeFiles(
  zip: ZipFile,
  { store, tenantId, attached, onProgress, gone }: WritingFiles,
): Promise<FilesInArchive> {
  if (attached.length > FILES_MAX) throw new ArchiveError(`An archive has at most ${FILES_MAX} files.`)
  const written: FilesInArchive = { count: 0, bytes: 0, unreadable: [] }
  const progress = new StepCounter(onProgress, 'files', attached.length)
  await progress.begin()
  for (const file of attached) {
    requireGoing(gone)
    const content = await store.read({ tenantId, fileId: file.id })
    const isWhole = content !== undefined && (await addFile(zip, content, file))
    if (isWhole) {
      written.count += 1
      written.bytes += file.bytes
    } else written.unreadable.push(file.id)
    if (written.unreadable.length > UNREADABLE_FILES_MAX)
      throw new ArchiveError(`The file store lacks more than ${UNREADABLE_FILES_MAX} files of this tenant.`)
    progress.count(null)
  }
  return written
}

/** Whether it was what its row says; if not, what is in the archive under its name is passed over when that is read. */
async function addFile(
  zip: ZipFile,
  content: Readable,
  { id, bytes, sha256 }: AttachedFile,
): Promise<boolean> {
  const counted = { bytes: 0, hash: createHash('sha256') }
  async function* count() {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      counted.bytes += chunk.length
      counted.hash.update(chunk)
      yield chunk
    }
  }
  const stream = Readable.from(count(), { objectMode: false })
  const ended = new Promise<void>((resolve, reject) => {
    stream.once('error', reject)
    stream.once('end', resolve)
  })
  zip.addReadStream(stream, fileEntryNameOf(id), { compress: false })
  await ended
  return counted.bytes === bytes && counted.hash.digest('hex') === sha256
}
