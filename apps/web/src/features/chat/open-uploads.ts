import { tenantApi } from '../../lib/trpc.ts'
import type { Words } from '../../lib/words.ts'
import { readChosen } from './kept-chosen.ts'
import { FileUploads } from './file-uploads.ts'
import { openKeptFiles } from './kept-files.ts'
import { filesUrl, uploadFile } from './upload-file.ts'

interface Owner {
  tenantKey: string
  userId: string
}

const opened = new Map<string, FileUploads>()

/** The one place for a person's uploads in a workspace: they go on whatever page is open. */
export function openUploads(owner: Owner, words: Words): FileUploads {
  const name = `${owner.tenantKey}:${owner.userId}`
  const known = opened.get(name)
  if (known) return known
  const kept = openKeptFiles(owner)
  const { client } = tenantApi(owner.tenantKey)
  const uploads = new FileUploads({
    upload: (file, options) => uploadFile(filesUrl(owner.tenantKey), file, options),
    // If it does not arrive, the server sweeps the file by itself.
    discard: (attachmentId) =>
      void client.chat.attachment.discard.mutate({ attachmentId }).catch(() => undefined),
    keep: kept.keep,
    choose: (file) => words.write(file.key, file),
    unchoose: words.remove,
    findKept: kept.find,
    forget: kept.forget,
  })
  uploads.restore(words.values().flatMap(readChosen))
  words.listen((key, value) => uploads.hear(key, readChosen(value)[0]))
  globalThis.addEventListener('online', () => uploads.wake())
  opened.set(name, uploads)
  return uploads
}
