import FileIcon from 'lucide-react/icons/file'
import RotateCw from 'lucide-react/icons/rotate-cw'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useChatDesk } from './chat-desk.ts'
import type { FileUpload } from './file-uploads.ts'
import { filesUrl } from './upload-file.ts'

interface AttachmentChipProps {
  upload: FileUpload
  /** Left out: its message is on its way, and it cannot be taken out. */
  onRemove?: () => void
}

/** One file on its way to the server: what it is, how far it is, and what can be done if it got stuck. */
export function AttachmentChip({ upload, onRemove }: AttachmentChipProps) {
  const t = useTranslations('chat.attachment')
  const { uploads } = useChatDesk()
  const { key, name, state } = upload
  return (
    <div
      className={cx(
        'flex w-64 max-w-full items-center gap-2 rounded-md border bg-surface p-1.5 text-start',
        state === 'failed' ? 'border-danger-text/50' : 'border-line',
      )}
    >
      <Thumbnail upload={upload} />
      <div className="min-w-0 flex-1">
        <bdi className="block truncate text-xs font-medium match-parent">{name}</bdi>
        <Progress upload={upload} />
      </div>
      {state === 'failed' ? (
        <IconButton size="sm" label={t('retry', { name })} onClick={() => uploads.retry(key)}>
          <RotateCw aria-hidden />
        </IconButton>
      ) : null}
      {onRemove ? (
        <IconButton
          size="sm"
          label={state === 'uploading' || state === 'waiting' ? t('cancel', { name }) : t('remove', { name })}
          onClick={onRemove}
        >
          <X aria-hidden />
        </IconButton>
      ) : null}
    </div>
  )
}

function Thumbnail({ upload: { attachment } }: { upload: FileUpload }) {
  const tenantKey = useTenantKey()
  return (
    <span className="inline-flex size-10 shrink-0 items-center justify-center overflow-hidden rounded-sm bg-sunken text-text-muted">
      {attachment?.picture ? (
        <img src={`${filesUrl(tenantKey)}/${attachment.id}`} alt="" className="size-full object-cover" />
      ) : (
        <FileIcon aria-hidden className="size-5" />
      )}
    </span>
  )
}

function Progress({ upload }: { upload: FileUpload }) {
  const t = useTranslations('chat.attachment')
  const format = useFormat()
  const { name, bytes, state, sentBytes, failure } = upload
  if (state === 'failed') {
    return (
      <span role="alert" className="block text-xs text-danger-text">
        {t(`failure.${failure ?? 'unexpected'}`)}
      </span>
    )
  }
  if (state === 'uploading') {
    return (
      <progress
        aria-label={t('progress', { name })}
        max={bytes}
        value={Math.min(sentBytes, bytes)}
        className="block h-1.5 w-full accent-accent"
      />
    )
  }
  return (
    <span className="block text-xs text-text-muted tabular">
      {state === 'waiting' ? t('waiting') : format.bytes(bytes)}
    </span>
  )
}
