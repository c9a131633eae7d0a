import Lock from 'lucide-react/icons/lock'
import type { Quote } from '@sarai/api'
import { memo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { useChatDesk } from './chat-desk.ts'
import { EditedMark } from './edited-mark.tsx'
import { MessageAttachments } from './message-attachments.tsx'
import { MessageBody } from './message-body.tsx'
import { MessageEditor } from './message-editor.tsx'
import { MessageDelivery } from './message-delivery.tsx'
import { MessageTools } from './message-tools.tsx'
import { QuoteLine } from './quote-line.tsx'
import type { TimelineItem, TimelineMessage } from './timeline.ts'
import { useThreadActions } from './use-thread-actions.ts'

type MessageTimelineItem = Extract<TimelineItem, { type: 'message' }>

interface MessageItemProps {
  item: MessageTimelineItem
  /** All messages of the conversation. */
  count: number
  customerName: string
}

/** The customer's messages stand at the start, the team's at the end, notes in a colour of their own. */
export const MessageItem = memo(function MessageItem({ item, count, customerName }: MessageItemProps) {
  const { me, can } = useChatDesk()
  const { place } = useThreadActions()
  const [isEditing, setEditing] = useState(false)
  const { message, startsGroup, endsGroup } = item
  const isTeam = message.authorKind !== 'customer'
  return (
    <div
      role="listitem"
      aria-posinset={message.seq ?? undefined}
      aria-setsize={message.seq === null ? undefined : Math.max(count, message.seq)}
      data-key={item.key}
      // Within another conversation its number is not the one that is jumped to.
      data-seq={place === 'part' ? undefined : message.seq}
      className={cx(
        'group flex gap-2 rounded-lg',
        startsGroup ? 'pt-3' : 'pt-0.5',
        isTeam ? 'flex-row-reverse ps-8 md:ps-16' : 'pe-8 md:pe-16',
      )}
    >
      {isTeam ? null : (
        <span className="w-8 shrink-0">
          {startsGroup ? <Avatar name={message.authorName ?? customerName} size="md" /> : null}
        </span>
      )}
      <div className={cx('flex max-w-full min-w-0 flex-col gap-1', isTeam ? 'items-end' : 'items-start')}>
        {startsGroup ? (
          <AuthorLine message={message} customerName={customerName} />
        ) : (
          <span className="sr-only">
            <AuthorName message={message} customerName={customerName} />
          </span>
        )}
        {isEditing ? (
          <MessageEditor message={message} onClose={() => setEditing(false)} />
        ) : (
          <div
            className={cx(
              'max-w-full rounded-xl px-3 py-1.5',
              toneOf(message, me.id),
              message.pending && 'opacity-80',
            )}
          >
            {message.replyTo ? <QuoteButton quote={message.replyTo} /> : null}
            <MessageContent message={message} />
          </div>
        )}
        {message.pending ? <MessageDelivery entry={message.pending} /> : null}
        {(endsGroup || message.editedAt) && !message.pending ? <SentTime message={message} /> : null}
      </div>
      {isEditing || message.seq === null || place !== 'open' || !can('chat:reply') ? null : (
        <MessageTools message={message} onEdit={() => setEditing(true)} />
      )}
    </div>
  )
})

function toneOf(message: TimelineMessage, myId: string): string {
  if (message.private) return 'border border-dashed border-warning-text/40 bg-warning-soft'
  if (message.authorKind === 'system') return 'border border-accent-line bg-sunken'
  if (message.authorKind === 'agent') return message.authorId === myId ? 'bg-accent-soft' : 'bg-sunken'
  return 'border border-line bg-surface'
}

function AuthorLine({ message, customerName }: { message: TimelineMessage; customerName: string }) {
  const t = useTranslations('chat.thread')
  return (
    <span className="flex items-center gap-1.5 px-1 text-xs font-medium text-text-muted">
      {message.private ? (
        <span className="inline-flex items-center gap-1 text-warning-text">
          <Lock aria-hidden className="size-3" />
          {t('privateNote')}
        </span>
      ) : null}
      <AuthorName message={message} customerName={customerName} />
    </span>
  )
}

function AuthorName({ message, customerName }: { message: TimelineMessage; customerName: string }) {
  const t = useTranslations('chat.thread')
  const { me } = useChatDesk()
  if (message.authorKind === 'customer') return <bdi>{message.authorName ?? customerName}</bdi>
  if (message.authorKind === 'system') {
    return message.authorName === null ? t('byFormerRule') : t('byRule', { name: message.authorName })
  }
  if (message.authorId === me.id) return t('you')
  if (message.authorIsKey) return t('apiKey', { name: message.authorName ?? '' })
  return <bdi>{message.authorName ?? t('formerMember')}</bdi>
}

function QuoteButton({ quote }: { quote: Quote }) {
  const t = useTranslations('chat.quote')
  const { jumpTo, place } = useThreadActions()
  if (place === 'part') return <QuoteLine quote={quote} />
  return (
    <button
      type="button"
      aria-label={t('jump', { text: quote.text || t('deleted') })}
      onClick={() => jumpTo(quote.seq)}
      className="mb-1 block max-w-full rounded-sm hover:bg-hover"
    >
      <QuoteLine quote={quote} />
    </button>
  )
}

function MessageContent({ message }: { message: TimelineMessage }) {
  if (message.deletedAt) return <DeletedBody at={message.deletedAt} />
  return (
    <>
      {message.body === '' ? null : <MessageBody {...message} />}
      <MessageAttachments message={message} />
    </>
  )
}

/** Its author's name stands above it, or is read out before it. */
function DeletedBody({ at }: { at: string }) {
  const t = useTranslations('chat.change')
  const format = useFormat()
  return <p className="text-sm text-text-muted italic">{t('deleted', { time: format.dateTime(at) })}</p>
}

function SentTime({ message }: { message: TimelineMessage }) {
  const format = useFormat()
  const { createdAt, editedAt, deletedAt } = message
  return (
    <span className="px-1 text-xs text-text-faint tabular">
      <time dateTime={createdAt} title={format.dateTime(createdAt)}>
        {format.time(createdAt)}
      </time>
      {editedAt && !deletedAt ? (
        <>
          {' · '}
          <EditedMark message={message} editedAt={editedAt} />
        </>
      ) : null}
    </span>
  )
}
