import type { FoundMessage } from '@sarai/api'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { listItems } from '../../lib/paged-list.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useNearEnd } from '../../lib/use-near-end.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { FoundMessageRow } from './found-message-row.tsx'
import { ResultGroup } from './result-group.tsx'

interface FoundMessagesProps {
  text: string
  /** The open conversation: the search may be narrowed to it. */
  conversationId: string | undefined
}

/** Messages of all conversations that have the words, the last written first; older ones as one scrolls. */
export function FoundMessages({ text, conversationId }: FoundMessagesProps) {
  const t = useTranslations('chat.found')
  const trpc = useTrpc()
  const [isHere, setHere] = useState(false)
  const here = isHere ? conversationId : undefined
  const found = useInfiniteQuery(
    trpc.chat.message.search.infiniteQueryOptions(
      { search: text, ...(here !== undefined && { conversationId: here }) },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  )
  const items = found.data ? listItems(found.data) : []
  return (
    <ResultGroup
      title={here === undefined ? t('messages') : t('messagesHere')}
      after={
        conversationId === undefined ? null : (
          <Button size="sm" variant="ghost" aria-pressed={isHere} onClick={() => setHere(!isHere)}>
            {isHere ? t('everywhere') : t('here')}
          </Button>
        )
      }
    >
      <ul aria-busy={found.isPlaceholderData} className={cx(found.isPlaceholderData && 'opacity-60')}>
        {items.map((item) => (
          <FoundMessageRow key={item.id} found={item} />
        ))}
      </ul>
      <Outcome found={found} items={items} />
    </ResultGroup>
  )
}

interface OutcomeProps {
  found: {
    isPending: boolean
    isPlaceholderData: boolean
    isError: boolean
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError: boolean
    fetchNextPage: () => Promise<unknown>
    refetch: () => Promise<unknown>
  }
  items: readonly FoundMessage[]
}

/** How the search stands, in sight and read out: how many there are, whether it goes on, why it does not. */
function Outcome({ found, items }: OutcomeProps) {
  const t = useTranslations('chat.found')
  const tc = useTranslations('common')
  const format = useFormat()
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError } = found
  const end = useNearEnd(hasNextPage && !isFetchingNextPage && !isFetchNextPageError, found.fetchNextPage)
  if (found.isPending) return <Skeleton className="mx-4 my-2 h-14" />
  if (found.isError) {
    const again = isFetchNextPageError ? found.fetchNextPage : found.refetch
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 px-4 py-1 text-sm">
        {tc('error.loadFailed')}
        <Button size="sm" onClick={() => void again()}>
          {tc('action.retry')}
        </Button>
      </p>
    )
  }
  const isNone = items.length === 0 && !hasNextPage
  return (
    <>
      <p role="status" className={isNone ? 'px-4 py-1 text-sm text-text-muted' : 'sr-only'}>
        {isNone
          ? t('noMessage')
          : t('count', {
              count: items.length,
              shown: `${format.number(items.length)}${hasNextPage ? '+' : ''}`,
            })}
      </p>
      <div ref={end} className="h-px" />
      {hasNextPage ? <p className="px-4 py-2 text-xs text-text-faint">{t('lookingOn')}</p> : null}
    </>
  )
}
