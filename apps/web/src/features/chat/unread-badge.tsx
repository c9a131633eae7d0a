import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'

/** The server counts no further either. */
const UNREAD_SHOWN_MAX = 99

export function UnreadBadge({ count }: { count: number }) {
  const t = useTranslations('chat.list')
  const format = useFormat()
  if (count === 0) return null
  return (
    <span className="inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full bg-accent px-1.5 text-xs font-semibold text-on-accent tabular">
      <span aria-hidden>{count > UNREAD_SHOWN_MAX ? t('unreadMany') : format.number(count)}</span>
      <span className="sr-only">{t('unread', { count })}</span>
    </span>
  )
}
