import type { ConversationForMember } from '@sarai/api'
import { Link } from '@tanstack/react-router'
import Hourglass from 'lucide-react/icons/hourglass'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { cx } from '../../ui/cx.ts'
import { OneLine } from '../../ui/one-line.tsx'
import { useChatDesk } from './chat-desk.ts'
import { prefetchConversation, withoutPanel } from './chat-queries.ts'
import { readDraft } from './drafts.ts'
import { RowLabels } from './label-chips.tsx'
import { PriorityMark } from './priority-mark.tsx'
import { RowCheckbox } from './row-checkbox.tsx'
import { RowPresence } from './row-presence.tsx'
import { TeamName } from './team-name.tsx'
import { UnreadBadge } from './unread-badge.tsx'

export interface ConversationRowProps {
  item: ConversationForMember
  isSelected: boolean
  /** Draws it again when the minute has passed. */
  minute: number
}

export const ConversationRow = memo(function ConversationRow({ item, isSelected }: ConversationRowProps) {
  const tenantKey = useTenantKey()
  const { cache } = useChatDesk()
  const prefetch = () => prefetchConversation(cache, item.id)
  return (
    <li className="group/row relative [contain-intrinsic-size:auto_5rem] [content-visibility:auto]">
      <Link
        to="/$tenantKey/chat/$conversationId"
        params={{ tenantKey, conversationId: item.id }}
        search={withoutPanel}
        preload={false}
        aria-current={isSelected ? 'page' : undefined}
        onPointerEnter={prefetch}
        onFocus={prefetch}
        className={cx(
          'relative flex gap-3 px-4 py-2.5 outline-offset-[-2px]',
          isSelected ? 'bg-selected' : 'hover:bg-hover',
        )}
      >
        <Avatar name={item.customerName} size="md" />
        <RowText item={item} isSelected={isSelected} />
      </Link>
      <RowCheckbox item={item} />
    </li>
  )
})

function RowText({ item, isSelected }: Pick<ConversationRowProps, 'item' | 'isSelected'>) {
  const t = useTranslations('chat')
  const format = useFormat()
  const isUnread = item.unread > 0
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-0.5">
      <span className="flex items-baseline gap-2">
        <OneLine className={cx('flex-1 text-base', isUnread ? 'font-semibold' : 'font-medium')}>
          {item.customerName}
        </OneLine>
        <time
          dateTime={item.lastMessageAt ?? item.createdAt}
          className="shrink-0 text-xs text-text-faint tabular"
        >
          {format.ago(item.lastMessageAt ?? item.createdAt)}
        </time>
      </span>
      <span className="flex items-center gap-2">
        <RowPresence conversationId={item.id}>
          <Preview item={item} isSelected={isSelected} />
        </RowPresence>
        <UnreadBadge count={item.unread} />
      </span>
      {hasMarks(item) ? (
        <span className="mt-0.5 flex min-w-0 items-center gap-1.5 text-xs text-text-faint">
          {item.waitingSince === null ? null : (
            <span className="inline-flex shrink-0 items-center gap-1 font-medium text-warning-text">
              <Hourglass aria-hidden className="size-3" />
              {t('list.waiting')}
            </span>
          )}
          {item.status === 'open' ? null : <Badge>{t(`status.${item.status}`)}</Badge>}
          {item.priority === 'none' ? null : <PriorityMark priority={item.priority} isNamed />}
          {item.assigneeName === null ? null : <bdi className="truncate">{item.assigneeName}</bdi>}
          <TeamName teamId={item.teamId} />
          <RowLabels labelIds={item.labelIds} />
        </span>
      ) : null}
    </span>
  )
}

function hasMarks(item: ConversationForMember): boolean {
  const isPlain = item.waitingSince === null && item.status === 'open' && item.priority === 'none'
  return !isPlain || item.assigneeName !== null || item.teamId !== null || item.labelIds.length > 0
}

/** What was said last; what is being written, where that is not on the screen anyway. */
function Preview({ item, isSelected }: Pick<ConversationRowProps, 'item' | 'isSelected'>) {
  const t = useTranslations('chat.list')
  const { drafts } = useChatDesk()
  const draft = isSelected ? '' : readDraft(drafts, item.id).body.trim()
  if (draft !== '') {
    return (
      <span className="min-w-0 flex-1 truncate text-sm text-text-muted">
        <span className="font-medium text-danger-text">{t('draft')}: </span>
        <bdi>{draft}</bdi>
      </span>
    )
  }
  return (
    <OneLine className={cx('flex-1 text-sm', item.unread > 0 ? 'text-text' : 'text-text-muted')}>
      {item.lastMessagePreview ?? item.subject ?? t('noMessages')}
    </OneLine>
  )
}
