import type { FoundMessage } from '@sarai/api'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { listItems } from '../../lib/paged-list.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useNearEnd } from '../../lib/use-near-end.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { FoundControls, type FoundControlsProps } from './found-controls.tsx'
import { toSearchInput } from './found-filter.ts'
import { FoundMessageRow } from './found-message-row.tsx'
import { FoundNothing } from './found-nothing.tsx'
import { ResultGroup } from './result-group.tsx'
import { useTenantZone } from './use-tenant-zone.ts'

export interface FoundMessagesProps extends FoundControlsProps {
  text: string
  /** The open conversation: the search may be narrowed to it. */
  conversationId: string | undefined
}

/** Messages of all conversations that have the words, the last written first; older ones as one scrolls. */
export function FoundMessages({ text, filter, onFilterChange, conversationId }: FoundMessagesProps) {
  const t = useTranslations('chat.found')
  const trpc = useTrpc()
  const { timeZone } = useTenantZone()
  const asked = { text, filter, conversationId, timeZone }
  const found = useInfiniteQuery(
    trpc.chat.message.search.infiniteQueryOptions(toSearchInput(asked), {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    }),
  )
  const items = found.data ? listItems(found.data) : []
  const isHere = filter.here === true && conversationId !== undefined
  const { here: _, ...anywhere } = filter
  return (
    <ResultGroup
      title={isHere ? t('messagesHere') : t('messages')}
      after={
        conversationId === undefined ? null : (
          <Button
            size="sm"
            variant="ghost"
            aria-pressed={isHere}
            onClick={() => onFilterChange(isHere ? anywhere : { ...anywhere, here: true })}
          >
            {isHere ? t('everywhere') : t('here')}
          </Button>
        )
      }
    >
      <FoundControls filter={filter} onFilterChange={onFilterChange} />
      <ul aria-busy={found.isPlaceholderData} className={cx(found.isPlaceholderData && 'opacity-60')}>
        {items.map((item) => (
          <FoundMessageRow key={item.id} found={item} isOpen={item.conversationId === conversationId} />
        ))}
      </ul>
      <Outcome
        found={found}
        items={items}
        whenNone={<FoundNothing asked={asked} onFilterChange={onFilterChange} />}
      />
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
  /** Said where there are none. */
  whenNone: ReactNode
}

/** How the search stands, in sight and read out: how many there are, whether it goes on, why it does not. */
function Outcome({ found, items, whenNone }: OutcomeProps) {
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
      {isNone ? (
        whenNone
      ) : (
        <p role="status" className="sr-only">
          {t('count', {
            count: items.length,
            shown: `${format.number(items.length)}${hasNextPage ? '+' : ''}`,
          })}
        </p>
      )}
      <div ref={end} className="h-px" />
      {hasNextPage ? <p className="px-4 py-2 text-xs text-text-faint">{t('lookingOn')}</p> : null}
    </>
  )
}
