import type { Quote } from '@sarai/api'
import { useTranslations } from 'use-intl'

/** Who wrote what is answered, and how it begins. */
export function QuoteLine({ quote }: { quote: Quote }) {
  const t = useTranslations('chat')
  const { authorName, text } = quote
  return (
    <span className="block min-w-0 border-s-2 border-accent-line ps-2 text-start text-xs">
      <bdi className="block truncate font-medium text-text-muted match-parent">
        {authorName ?? t('thread.formerMember')}
      </bdi>
      <span dir="auto" className="block truncate text-text-muted match-parent">
        {text === '' ? t('quote.deleted') : text}
      </span>
    </span>
  )
}
