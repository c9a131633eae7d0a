import type { Conversation, ScheduledMessage } from '@sarai/api'
import { useMutation, useQuery } from '@tanstack/react-query'
import Clock from 'lucide-react/icons/clock'
import Lock from 'lucide-react/icons/lock'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { useChatDesk } from './chat-desk.ts'
import { AttachmentList } from './attachment-list.tsx'
import { MessageBody } from './message-body.tsx'
import { ScheduledDialog } from './scheduled-dialog.tsx'
import { useThreadActions } from './use-thread-actions.ts'
import { useTenantZone } from './use-tenant-zone.ts'

interface ScheduledMessagesProps {
  conversation: Conversation
  /** The last message that was on screen. */
  getSeenSeq: () => number
}

/** What is written and not yet sent, between the thread and the composer: everybody sees that an answer is on its way. */
export function ScheduledMessages({ conversation, getSeenSeq }: ScheduledMessagesProps) {
  const t = useTranslations('chat.scheduled')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.scheduled.list.queryOptions({ conversationId: conversation.id }))
  if (!data || data.items.length === 0) return null
  return (
    <div
      role="region"
      aria-label={t('list')}
      tabIndex={0}
      className="max-h-52 md:max-h-56 shrink-0 overflow-y-auto px-3 pb-2 md:px-6"
    >
      <ul className="mx-auto flex w-full max-w-3xl flex-col gap-2">
        {data.items.map((item) => (
          <Scheduled key={item.id} item={item} getSeenSeq={getSeenSeq} />
        ))}
      </ul>
    </div>
  )
}

function Scheduled({
  item,
  getSeenSeq,
}: { item: ScheduledMessage } & Pick<ScheduledMessagesProps, 'getSeenSeq'>) {
  const t = useTranslations('chat.scheduled')
  const format = useFormat()
  const { timeZone } = useTenantZone()
  const { heldReason } = item
  const name = item.authorName
  return (
    <li className={cx('rounded-lg border border-dashed p-3 text-sm', toneOf(item))}>
      <p className="flex items-start gap-1.5 text-xs font-medium text-text-muted">
        {heldReason ? (
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0 text-danger-text" />
        ) : (
          <Clock aria-hidden className="mt-px size-3.5 shrink-0" />
        )}
        <span className="min-w-0">
          {item.private ? <NoteMark /> : null}
          {heldReason
            ? t('held', { name })
            : t('willBeSent', { time: format.dateTime(item.sendAt, timeZone), name })}
        </span>
      </p>
      {heldReason ? (
        <p role="alert" className="mt-1 text-danger-text">
          {t(`reason.${heldReason}`)}
        </p>
      ) : null}
      <div className="my-1.5 line-clamp-3">
        {item.body === '' ? null : (
          <MessageBody body={item.body} {...(item.mentions && { mentions: item.mentions })} />
        )}
      </div>
      {item.attachments.length > 0 ? <AttachmentList attachments={item.attachments} /> : null}
      <ScheduledActions item={item} getSeenSeq={getSeenSeq} />
    </li>
  )
}

function toneOf({ heldReason, private: isNote }: ScheduledMessage): string {
  if (heldReason) return 'border-danger-text/50 bg-danger-soft'
  return isNote ? 'border-warning-text/40 bg-warning-soft' : 'border-line-control bg-sunken'
}

function NoteMark() {
  const t = useTranslations('chat.thread')
  return (
    <span className="text-warning-text">
      <Lock aria-hidden className="me-1 inline size-3 align-[-0.125em]" />
      {t('privateNote')} ·{' '}
    </span>
  )
}

/** Its author's; of somebody who may not answer here any more, anybody may take it back. */
function ScheduledActions({
  item,
  getSeenSeq,
}: { item: ScheduledMessage } & Pick<ScheduledMessagesProps, 'getSeenSeq'>) {
  const t = useTranslations('chat.scheduled')
  const trpc = useTrpc()
  const { me, can } = useChatDesk()
  const { restore } = useThreadActions()
  const [isEditing, setEditing] = useState(false)
  const sendNow = useMutation(trpc.scheduled.sendNow.mutationOptions())
  const cancel = useMutation(
    trpc.scheduled.cancel.mutationOptions({
      onSuccess() {
        if (item.authorId === me.id) restore(item)
        showToast({ title: t('cancelled') })
      },
    }),
  )
  if (!can('chat:reply')) return null
  const isMine = item.authorId === me.id
  if (!isMine && item.heldReason !== 'not-allowed') return null
  const scheduledId = item.id
  return (
    <div className="flex flex-wrap gap-2">
      {isMine ? (
        <>
          <Button
            size="sm"
            variant={item.heldReason ? 'primary' : 'secondary'}
            isBusy={sendNow.isPending}
            onClick={() => sendNow.mutate({ scheduledId, lastSeenSeq: getSeenSeq() })}
          >
            {item.heldReason ? t('sendAnyway') : t('sendNow')}
          </Button>
          <Button size="sm" onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        </>
      ) : null}
      <Button
        size="sm"
        variant="ghost"
        isBusy={cancel.isPending}
        onClick={() => cancel.mutate({ scheduledId })}
      >
        {t('cancel')}
      </Button>
      {isEditing ? (
        <ScheduledDialog item={item} getSeenSeq={getSeenSeq} onClose={() => setEditing(false)} />
      ) : null}
    </div>
  )
}
