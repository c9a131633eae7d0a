import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../ui/icon-button.tsx'
import { QuoteLine } from './quote-line.tsx'
import type { DraftState } from './use-draft.ts'

/** Above what is being written: what it answers, and how to answer nothing in particular. */
export function ReplyingTo({ draft }: { draft: DraftState }) {
  const t = useTranslations('chat.quote')
  const { replyTo, ...rest } = draft.value
  if (!replyTo) return null
  return (
    <div role="group" aria-label={t('to')} className="flex items-center gap-2 px-3 pt-2">
      <div className="min-w-0 flex-1">
        <QuoteLine quote={replyTo} />
      </div>
      <IconButton size="sm" label={t('cancel')} onClick={() => draft.change(rest)}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}
