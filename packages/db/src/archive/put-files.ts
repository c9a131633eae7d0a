import { createHash } from 'node:crypto'
import { addAbortSignal, Readable } from 'node:stream'
import { ArchiveError } from './archive-error.ts'
import type { ArchiveFiles, AttachedFile } from './archived-files.ts'
import type { Archive } from './open-archive.ts'
import { cancelled, type OnArchiveProgress, requireGoing, StepCounter } from './progress.ts'

interface PuttingFiles {
  store: Pick<ArchiveFiles, 'put'>
  tenantId: string
  onProgress: OnArchiveProgress | undefined
  signal: AbortSignal | undefined
}

/** The bytes of an archive's files into the file store, under the ids that their rows have. */
export async function putFiles(
  archive: Pick<Archive, 'files' | 'openFile'>,
  { store, tenantId, onProgress, signal }: PuttingFiles,
): Promise<void> {
  const { files } = archive
  if (files.length === 0) return
  const progress = new StepCounter(onProgress, 'files', files.length)
  await progress.begin()
  for (const file of files) {
    requireGoing(signal)
    const content = await openChecked(archive, file)
    if (signal) addAbortSignal(signal, content)
    await store.put({ tenantId, fileId: file.id }, content, file).catch((error: unknown) => {
      throw signal?.aborted ? cancelled(signal) : error
    })
    progress.count(null)
  }
}

/** What goes into the store is what was compared when the archive was opened: the file may have been changed since. */
async function openChecked(
  archive: Pick<Archive, 'openFile'>,
  { id, bytes, sha256 }: AttachedFile,
): Promise<Readable> {
  const source = (await archive.openFile({ id })) as AsyncIterable<Buffer>
  async function* check() {
    const hash = createHash('sha256')
    let length = 0
    for await (const chunk of source) {
      length += chunk.length
      hash.update(chunk)
      yield chunk
    }
    if (length !== bytes || hash.digest('hex') !== sha256)
      throw new ArchiveError(`The file ${id} changed while the archive was read.`)
  }
  return Readable.from(check(), { objectMode: false })
}
