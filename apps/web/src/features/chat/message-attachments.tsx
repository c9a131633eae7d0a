import { AttachmentChip } from './attachment-chip.tsx'
import { AttachmentList } from './attachment-list.tsx'
import type { OutboxEntry } from './outbox.ts'
import type { TimelineMessage } from './timeline.ts'
import { useUploads } from './use-attachments.ts'

/** The files of a message, on the server or on their way there. */
export function MessageAttachments({ message }: { message: TimelineMessage }) {
  const { attachments, pending } = message
  if (attachments) return <AttachmentList attachments={attachments} />
  return pending?.files ? <PendingFiles files={pending.files} /> : null
}

/** Looks as it will once everything has gone. */
function PendingFiles({ files }: { files: NonNullable<OutboxEntry['files']> }) {
  const uploads = useUploads()
  const shown = files.map(({ key }) => uploads.find((upload) => upload.key === key))
  const attachments = shown.flatMap((upload) => upload?.attachment ?? [])
  if (attachments.length === files.length) return <AttachmentList attachments={attachments} />
  return (
    <ul className="flex max-w-full flex-wrap gap-2 py-1">
      {files.map((file, index) => (
        <li key={file.key} className="max-w-full min-w-0">
          <AttachmentChip upload={shown[index] ?? { ...NOT_BEGUN, ...file }} />
        </li>
      ))}
    </ul>
  )
}

/** After a reload, until the outbox comes to it. */
const NOT_BEGUN = {
  conversationId: '',
  state: 'waiting',
  sentBytes: 0,
  failure: null,
  attachment: null,
  isSent: true,
} as const
