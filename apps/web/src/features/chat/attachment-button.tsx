import { FILE_BYTES_MAX, FILE_EXTENSIONS, FILES_PER_MESSAGE_MAX } from '@sarai/api/file/schema'
import Paperclip from 'lucide-react/icons/paperclip'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'

const ACCEPT = FILE_EXTENSIONS.map((end) => `.${end}`).join(',')

/** Opens the system's own choice of files. What may be chosen is said before. */
export function AttachmentButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations('chat.attachment')
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const limits = t('limits', { count: FILES_PER_MESSAGE_MAX, size: format.bytes(FILE_BYTES_MAX) })
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={t('add')}
        accept={ACCEPT}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
      <Tooltip label={`${t('add')} · ${limits}`} side="top">
        <IconButton size="sm" label={t('add')} onClick={() => input.current?.click()}>
          <Paperclip aria-hidden />
        </IconButton>
      </Tooltip>
    </>
  )
}
