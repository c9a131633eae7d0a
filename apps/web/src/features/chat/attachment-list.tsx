import type { Attachment } from '@sarai/api'
import Download from 'lucide-react/icons/download'
import FileIcon from 'lucide-react/icons/file'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { fitPicture } from './fit-picture.ts'
import { filesUrl } from './upload-file.ts'

/** The files of a message: pictures to look at, everything else to save. */
export function AttachmentList({ attachments }: { attachments: readonly Attachment[] }) {
  const t = useTranslations('chat.attachment')
  return (
    <ul aria-label={t('list')} className="flex max-w-full flex-wrap gap-2 py-1">
      {attachments.map((attachment) => (
        <li key={attachment.id} className="max-w-full min-w-0">
          {attachment.picture ? (
            <Picture attachment={attachment} picture={attachment.picture} />
          ) : (
            <SavedFile attachment={attachment} />
          )}
        </li>
      ))}
    </ul>
  )
}

/** Its place has its size before it is there: nothing moves when it arrives. */
function Picture({
  attachment: { id, name },
  picture,
}: {
  attachment: Attachment
  picture: NonNullable<Attachment['picture']>
}) {
  const t = useTranslations('chat.attachment')
  const tenantKey = useTenantKey()
  const url = `${filesUrl(tenantKey)}/${id}`
  return (
    <a href={url} target="_blank" rel="noreferrer noopener" title={name} className="block max-w-full">
      <img
        src={url}
        alt={t('picture', { name })}
        {...fitPicture(picture)}
        loading="lazy"
        decoding="async"
        className="h-auto max-w-full rounded-md bg-sunken"
      />
    </a>
  )
}

function SavedFile({ attachment: { id, name, bytes } }: { attachment: Attachment }) {
  const t = useTranslations('chat.attachment')
  const format = useFormat()
  const tenantKey = useTenantKey()
  const size = format.bytes(bytes)
  return (
    <a
      href={`${filesUrl(tenantKey)}/${id}?download`}
      download={name}
      aria-label={t('download', { name, size })}
      className="flex w-64 max-w-full items-center gap-2 rounded-md border border-line bg-surface p-2 text-start hover:bg-hover"
    >
      <FileIcon aria-hidden className="size-5 shrink-0 text-text-muted" />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate text-sm font-medium match-parent">{name}</bdi>
        <span className="block text-xs text-text-muted tabular">{size}</span>
      </span>
      <Download aria-hidden className="size-4 shrink-0 text-text-muted" />
    </a>
  )
}
