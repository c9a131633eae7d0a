import type { ConversationForMember } from '@sarai/api'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { type ConversationListProps, useListKeys } from './conversation-list.tsx'
import { ConversationRow } from './conversation-row.tsx'
import { readFoundFilter, withoutFoundFilter } from './found-filter.ts'
import { FoundMessages } from './found-messages.tsx'
import { ResultGroup } from './result-group.tsx'
import { useMinute } from './use-minute.ts'

/** Conversations that are shown before the messages; more of them on demand. */
const FIRST_SHOWN = 4

interface SearchResultsProps extends Omit<ConversationListProps, 'onCreate'> {
  text: string
}

/** What was typed into the search: the conversations that it names, then the messages that have the words. */
export function SearchResults({ text, list, items, conversationId, ...address }: SearchResultsProps) {
  const { search, onSearchChange } = address
  const t = useTranslations('chat.found')
  const scroller = useRef<HTMLDivElement>(null)
  const [shownMax, setShownMax] = useState(FIRST_SHOWN)
  const shown = items.slice(0, shownMax)
  useListKeys(shown, conversationId, scroller)
  function showMore(): void {
    setShownMax(Number.POSITIVE_INFINITY)
    if (shownMax > FIRST_SHOWN) void list.fetchNextPage()
  }
  return (
    <div ref={scroller} data-results className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-4">
      <ResultGroup title={t('conversations')}>
        <FoundConversations list={list} shown={shown} conversationId={conversationId} />
        {items.length > shown.length || list.hasNextPage ? (
          <Button size="sm" variant="ghost" className="mx-2" onClick={showMore}>
            {t('moreConversations')}
          </Button>
        ) : null}
      </ResultGroup>
      <FoundMessages
        text={text}
        filter={readFoundFilter(search)}
        onFilterChange={(filter) => onSearchChange({ ...withoutFoundFilter(search), ...filter })}
        conversationId={conversationId}
      />
    </div>
  )
}

interface FoundConversationsProps extends Pick<SearchResultsProps, 'list' | 'conversationId'> {
  shown: readonly ConversationForMember[]
}

function FoundConversations({ list, shown, conversationId }: FoundConversationsProps) {
  const t = useTranslations('chat.found')
  const tc = useTranslations('common')
  const minute = useMinute()
  if (list.isPending) return <Skeleton className="mx-4 my-2 h-14" />
  if (list.isError && shown.length === 0) {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 px-4 py-1 text-sm">
        {tc('error.loadFailed')}
        <Button size="sm" onClick={() => void list.refetch()}>
          {tc('action.retry')}
        </Button>
      </p>
    )
  }
  if (shown.length === 0) return <p className="px-4 py-1 text-sm text-text-muted">{t('noConversation')}</p>
  return (
    <ul>
      {shown.map((item) => (
        <ConversationRow key={item.id} item={item} isSelected={item.id === conversationId} minute={minute} />
      ))}
    </ul>
  )
}
