import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { useChatDesk } from './chat-desk.ts'
import { AttachmentList } from './attachment-list.tsx'
import { MessageBody } from './message-body.tsx'
import type { OutboxEntry } from './outbox.ts'
import { useThreadActions } from './use-thread-actions.ts'

/** What somebody else wrote while this was being written: read first, then decide. */
export function UnseenMessages({ entry, onConfirm }: { entry: OutboxEntry; onConfirm: () => void }) {
  const t = useTranslations('chat')
  const { me } = useChatDesk()
  const { edit } = useThreadActions()
  const messages = (entry.unseen?.messages ?? []).filter(
    (message) => message.authorKind !== 'agent' || message.authorId !== me.id,
  )
  return (
    <div role="alert" className="mb-2 rounded-lg border border-accent-line bg-accent-soft p-3">
      <p className="text-sm font-semibold">{t('composer.unseen', { count: messages.length })}</p>
      <ul className="my-2 flex max-h-40 flex-col gap-2 overflow-y-auto">
        {messages.map((message) => (
          <li key={message.id} className="text-sm">
            <bdi className="text-xs font-medium text-text-muted">
              {message.authorName ?? t('thread.formerMember')}
            </bdi>
            {message.private ? (
              <span className="text-xs text-warning-text"> · {t('composer.unseenNote')}</span>
            ) : null}
            {message.body === '' ? null : <MessageBody {...message} />}
            {message.attachments ? <AttachmentList attachments={message.attachments} /> : null}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-xs text-text-muted">{t('composer.unseenText')}</p>
        <span className="flex gap-2">
          <Button size="sm" onClick={() => edit(entry)}>
            {t('composer.editFirst')}
          </Button>
          <Button size="sm" variant="primary" onClick={onConfirm}>
            {t('composer.sendAnyway')}
          </Button>
        </span>
      </div>
    </div>
  )
}
