import { MESSAGE_CHANGE_MINUTES_MAX } from '@sarai/api/chat/schema'
import Pencil from 'lucide-react/icons/pencil'
import Reply from 'lucide-react/icons/reply'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { useChatDesk } from './chat-desk.ts'
import { type TimelineMessage, toQuote } from './timeline.ts'
import { useChangeMessage } from './use-change-message.ts'
import { useMinute } from './use-minute.ts'
import { useThreadActions } from './use-thread-actions.ts'

const MINUTE_MS = 60_000

/** Whether its author may still edit or delete it; what is on its way is changed by its own means. */
function isChangeable({ seq, deletedAt, createdAt }: TimelineMessage): boolean {
  const ageMs = Date.now() - Date.parse(createdAt)
  return seq !== null && deletedAt === undefined && ageMs < MESSAGE_CHANGE_MINUTES_MAX * MINUTE_MS
}

interface MessageToolsProps {
  message: TimelineMessage
  onEdit: () => void
}

/** Beside a message: answering it, and changing one's own. Shown to who points at it, or comes by keyboard. */
export function MessageTools({ message, onEdit }: MessageToolsProps) {
  const t = useTranslations('chat.quote')
  const { me } = useChatDesk()
  const { reply } = useThreadActions()
  const isMine = message.authorKind === 'agent' && message.authorId === me.id
  if (message.deletedAt) return null
  return (
    <span className="flex items-center self-center opacity-0 transition-opacity group-hover:opacity-100 focus-within:opacity-100 pointer-coarse:opacity-100">
      <IconButton size="sm" label={t('reply')} onClick={() => reply(toQuote(message), message.private)}>
        <Reply aria-hidden className="flip-rtl" />
      </IconButton>
      {isMine && isChangeable(message) ? <ChangeTools message={message} onEdit={onEdit} /> : null}
    </span>
  )
}

function ChangeTools({ message, onEdit }: MessageToolsProps) {
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
    <>
      <IconButton size="sm" label={t('edit')} onClick={onEdit}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t('delete')} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
      </IconButton>
    </>
  )
}
