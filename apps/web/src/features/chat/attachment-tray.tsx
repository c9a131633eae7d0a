import { FILE_BYTES_MAX, FILES_PER_MESSAGE_MAX } from '@sarai/api/file/schema'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { AttachmentChip } from './attachment-chip.tsx'
import type { Attachments, RefusedFile } from './use-attachments.ts'

/** Above the text: the files of the message that is being written, and what cannot be one of them. */
export function AttachmentTray({ attachments }: { attachments: Attachments }) {
  const t = useTranslations('chat.attachment')
  const { uploads, refused } = attachments
  return (
    <>
      {refused.length > 0 ? (
        <ul role="alert" className="flex flex-col gap-0.5 px-3 pt-2 text-xs text-danger-text">
          {refused.map((file, index) => (
            <li key={`${index} ${file.name}`}>
              <Refusal file={file} />
            </li>
          ))}
        </ul>
      ) : null}
      {uploads.length > 0 ? (
        <ul aria-label={t('tray')} className="flex max-h-40 flex-wrap gap-2 overflow-y-auto px-3 pt-2.5">
          {uploads.map((upload) => (
            <li key={upload.key} className="max-w-full min-w-0">
              <AttachmentChip upload={upload} onRemove={() => attachments.remove(upload.key)} />
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

function Refusal({ file: { name, why } }: { file: RefusedFile }) {
  const t = useTranslations('chat.attachment.refused')
  const format = useFormat()
  return t(why, { name, size: format.bytes(FILE_BYTES_MAX), count: FILES_PER_MESSAGE_MAX })
}
