import { tenantApi } from '../../lib/trpc.ts'
import { FileUploads } from './file-uploads.ts'
import { openKeptFiles } from './kept-files.ts'
import { filesUrl, uploadFile } from './upload-file.ts'

interface Owner {
  tenantKey: string
  userId: string
}

const opened = new Map<string, FileUploads>()

/** The one place for a person's uploads in a workspace: they go on whatever page is open. */
export function openUploads(owner: Owner): FileUploads {
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
    keep: (key, content) => void kept.keep(key, content),
    findKept: kept.find,
    forget: kept.forget,
  })
  globalThis.addEventListener('online', () => uploads.wake())
  opened.set(name, uploads)
  return uploads
}
