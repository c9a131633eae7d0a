import type { ConversationForMember, Customer } from '@sarai/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import MessageSquarePlus from 'lucide-react/icons/message-square-plus'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { listItems } from '../../lib/paged-list.ts'
import { useCan } from '../../lib/permissions.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { OneLine } from '../../ui/one-line.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { CardSection } from './card-section.tsx'
import { useStartConversation } from './use-start-conversation.ts'

/** A card shows the latest; the rest on request. */
const CONVERSATIONS_PAGE = 10

export interface CustomerConversationsProps {
  customer: Customer
  isPane: boolean
}

export function CustomerConversations({ customer, isPane }: CustomerConversationsProps) {
  const t = useTranslations('customer.conversations')
  const trpc = useTrpc()
  const can = useCan()
  const start = useStartConversation(customer, isPane)
  const { data, isError, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...trpc.chat.conversation.list.infiniteQueryOptions(
      { customerId: customer.id, limit: CONVERSATIONS_PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    enabled: can('chat:read'),
  })
  if (!can('chat:read')) return null
  const mayStart = can('chat:reply') && customer.archivedAt === null
  return (
    <CardSection
      id="customer-conversations"
      title={t('title')}
      isPane={isPane}
      action={
        mayStart ? (
          <Button size="sm" variant="ghost" isBusy={start.isPending} onClick={start.run}>
            <MessageSquarePlus aria-hidden className="size-4" />
            {t('start')}
          </Button>
        ) : null
      }
    >
      {isError && !data ? <p className="text-sm text-text-muted">{t('failed')}</p> : null}
      {data ? (
        <Conversations items={listItems(data)} mayStart={mayStart} />
      ) : isError ? null : (
        <Skeleton className="h-14" />
      )}
      {hasNextPage ? (
        <Button size="sm" variant="ghost" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </CardSection>
  )
}

function Conversations({ items, mayStart }: { items: readonly ConversationForMember[]; mayStart: boolean }) {
  const t = useTranslations('customer.conversations')
  if (items.length === 0) {
    return <p className="text-sm text-text-muted">{t(mayStart ? 'noneText' : 'none')}</p>
  }
  return (
    <ul className="flex flex-col gap-1">
      {items.map((item) => (
        <ConversationLink key={item.id} item={item} />
      ))}
    </ul>
  )
}

function ConversationLink({ item }: { item: ConversationForMember }) {
  const t = useTranslations('customer.conversations')
  const tenantKey = useTenantKey()
  const format = useFormat()
  return (
    <li>
      <Link
        to="/$tenantKey/chat/$conversationId"
        params={{ tenantKey, conversationId: item.id }}
        activeProps={{ className: 'bg-selected' }}
        className="-mx-2 flex flex-col gap-0.5 rounded-md px-2 py-1.5 hover:bg-hover"
      >
        <span className="flex items-center gap-2">
          <OneLine className="flex-1 text-sm font-medium">
            {item.subject ?? item.lastMessagePreview ?? t('noMessages')}
          </OneLine>
          <Badge tone={item.status === 'open' ? 'accent' : 'neutral'}>{t(item.status)}</Badge>
        </span>
        <span className="flex items-baseline gap-2 text-xs text-text-faint">
          <OneLine className="flex-1">{item.subject === null ? '' : (item.lastMessagePreview ?? '')}</OneLine>
          <time dateTime={item.lastMessageAt ?? item.createdAt} className="shrink-0 tabular">
            {format.ago(item.lastMessageAt ?? item.createdAt)}
          </time>
        </span>
      </Link>
    </li>
  )
}
