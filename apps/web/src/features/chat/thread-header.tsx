import type { ConversationForMember } from '@sarai/api'
import { Link } from '@tanstack/react-router'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import PanelRight from 'lucide-react/icons/panel-right'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { OneLine } from '../../ui/one-line.tsx'
import { ThreadFaces } from './thread-faces.tsx'
import { ConversationActions } from './conversation-actions.tsx'

export interface ThreadHeaderProps {
  conversation: ConversationForMember
  onShowCustomer: () => void
}

export function ThreadHeader({ conversation, onShowCustomer }: ThreadHeaderProps) {
  const t = useTranslations('chat')
  const heading = useFocusIfLost(conversation.id)
  return (
    <header className="flex min-h-13 shrink-0 items-center gap-2 border-b border-line py-1.5 ps-2 pe-3 lg:ps-5">
      <BackLink />
      <div className="min-w-0 flex-1">
        <h2 ref={heading} id="thread-name" tabIndex={-1} className="text-base font-semibold">
          <OneLine>{conversation.customerName}</OneLine>
        </h2>
        {conversation.subject ? (
          <OneLine className="text-sm text-text-muted">{conversation.subject}</OneLine>
        ) : null}
      </div>
      <ThreadFaces conversationId={conversation.id} />
      <StatusBadge conversation={conversation} />
      {conversation.mergedInto === null ? <ConversationActions conversation={conversation} /> : null}
      <Tooltip label={t('thread.details')}>
        <IconButton label={t('thread.details')} className="xl:hidden" onClick={onShowCustomer}>
          <PanelRight aria-hidden className="flip-rtl" />
        </IconButton>
      </Tooltip>
    </header>
  )
}

function BackLink() {
  const t = useTranslations('chat.thread')
  const tenantKey = useTenantKey()
  return (
    <Link
      to="/$tenantKey/chat"
      params={{ tenantKey }}
      search={(search) => search}
      aria-label={t('back')}
      className="inline-flex size-10 shrink-0 items-center justify-center rounded-md text-text-muted hover:bg-hover lg:hidden"
    >
      <ArrowLeft aria-hidden className="flip-rtl size-5" />
    </Link>
  )
}

function StatusBadge({ conversation }: Pick<ThreadHeaderProps, 'conversation'>) {
  const t = useTranslations('chat')
  const format = useFormat()
  if (conversation.mergedInto !== null) return <Badge>{t('merge.badge')}</Badge>
  if (conversation.status === 'open') return null
  const until = conversation.snoozedUntil
  return (
    <span className="hidden sm:block">
      <Badge tone={conversation.status === 'resolved' ? 'success' : 'neutral'}>
        {until === null
          ? t(`status.${conversation.status}`)
          : t('thread.snoozedUntil', { time: format.dateTime(until) })}
      </Badge>
    </span>
  )
}

/** On a phone the list that had the focus is gone: the keyboard and the screen reader start here instead. */
function useFocusIfLost(conversationId: string) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const { activeElement } = document
    const isLost =
      activeElement === document.body ||
      (activeElement instanceof HTMLElement && !activeElement.checkVisibility())
    if (isLost) heading.current?.focus({ preventScroll: true })
  }, [conversationId])
  return heading
}
