import type { Conversation } from '@sarai/api'
import Merge from 'lucide-react/icons/merge'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { useChatDesk, useOutbox } from './chat-desk.ts'
import { readDraft } from './drafts.ts'
import { moveWritten } from './move-written.ts'
import { useUploads } from './use-attachments.ts'
import { useGoTo } from './use-merge.ts'

/** In the place of the composer of a conversation that became a part of another: where it goes on. */
export function MergedNotice({ conversation }: { conversation: Conversation & { mergedInto: string } }) {
  const t = useTranslations('chat.merge')
  const desk = useChatDesk()
  const goTo = useGoTo()
  const { id: from, mergedInto: to } = conversation
  const unsent = useOutbox().filter((entry) => entry.conversationId === from && entry.failure === 'merged')
  const files = useUploads().filter((upload) => upload.conversationId === from && !upload.isSent)
  const hasWritten = unsent.length > 0 || files.length > 0 || readDraft(desk.drafts, from).body.trim() !== ''
  return (
    <div role="status" className="shrink-0 border-t border-line bg-sunken px-4 py-3 md:px-6">
      <div className="mx-auto flex w-full max-w-3xl flex-wrap items-center gap-3 text-sm">
        <Merge aria-hidden className="size-4 shrink-0 text-text-muted" />
        <p className="min-w-52 flex-1">
          {t('closed')} {hasWritten ? t('takesAlong') : null}
        </p>
        <Button
          variant="primary"
          onClick={() => {
            moveWritten(desk, { from, to, unsent, files })
            goTo(to)
          }}
        >
          {t('goOn')}
        </Button>
      </div>
    </div>
  )
}
