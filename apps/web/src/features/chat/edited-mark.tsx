import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import type { TimelineMessage } from './timeline.ts'

const load = () => import('./message-versions.tsx')
const MessageVersions = lazy(async () => ({ default: (await load()).MessageVersions }))

interface EditedMarkProps {
  message: TimelineMessage
  editedAt: string
}

/** That its words are not those that were sent, and the way to those. */
export function EditedMark({ message, editedAt }: EditedMarkProps) {
  const t = useTranslations('chat.change')
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        title={t('showVersions')}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => setOpen(true)}
        className="min-h-6 rounded-sm underline decoration-dotted underline-offset-4 hover:text-text pointer-coarse:min-h-9"
      >
        <time dateTime={editedAt}>{t('edited', { time: format.time(editedAt) })}</time>
      </button>
      {isOpen && message.id !== null ? (
        <Suspense>
          <MessageVersions
            message={{ ...message, id: message.id, editedAt }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  )
}
