import { MESSAGE_CHANGE_MINUTES_MAX } from '@sarai/api/chat/schema'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import type { TimelineMessage } from './timeline.ts'
import { useChangeMessage } from './use-change-message.ts'
import { useMinute } from './use-minute.ts'

const MINUTE_MS = 60_000

/** Whether its author may still edit or delete it; what is on its way is changed by its own means. */
export function isChangeable({ seq, deletedAt, createdAt }: TimelineMessage): boolean {
  const ageMs = Date.now() - Date.parse(createdAt)
  return seq !== null && deletedAt === undefined && ageMs < MESSAGE_CHANGE_MINUTES_MAX * MINUTE_MS
}

/** Beside one's own message, while it may be changed: shown to who points at it, or comes by keyboard. */
export function MessageTools({ message, onEdit }: { message: TimelineMessage; onEdit: () => void }) {
  const t = useTranslations('chat.change')
  const tc = useTranslations('common.action')
  const [isAsking, setAsking] = useState(false)
  const { remove, error, isBusy } = useChangeMessage(message)
  useMinute()
  if (!isChangeable(message)) return null
  if (isAsking) {
    return (
      <span role="alert" className="flex flex-wrap items-center justify-end gap-1 self-center text-xs">
        {error ?? t('ask')}
        <Button size="sm" variant="danger" isBusy={isBusy} onClick={remove}>
          {t('delete')}
        </Button>
        <Button size="sm" variant="ghost" autoFocus onClick={() => setAsking(false)}>
          {tc('cancel')}
        </Button>
      </span>
    )
  }
  return (
    <span className="flex shrink-0 items-center self-center opacity-0 transition-opacity group-hover:opacity-100 focus-within:opacity-100 pointer-coarse:opacity-100">
      <IconButton size="sm" label={t('edit')} onClick={onEdit}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t('delete')} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
      </IconButton>
    </span>
  )
}
