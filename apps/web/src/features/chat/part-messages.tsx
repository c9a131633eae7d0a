import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useChatDesk } from './chat-desk.ts'
import { threadOptions } from './chat-queries.ts'
import { DayLine } from './day-line.tsx'
import { MessageItem } from './message-item.tsx'
import { listMessages } from './thread.ts'
import { buildTimeline } from './timeline.ts'
import { PART_ACTIONS, ThreadActionsContext } from './use-thread-actions.ts'

interface PartMessagesProps {
  conversationId: string
  customerName: string
  /** They have come: there is something to look at. */
  onShown: () => void
}

/** What was said in a conversation before it became a part of another, to be read. */
export function PartMessages({ conversationId, customerName, onShown }: PartMessagesProps) {
  const t = useTranslations('chat.merge')
  const trpc = useTrpc()
  const { me } = useChatDesk()
  const { data, error, isFetching, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(threadOptions(trpc, conversationId))
  const isThere = data !== undefined
  useEffect(() => {
    if (isThere) onShown()
  }, [isThere, onShown])
  if (!data) {
    return error ? (
      <LoadFailure error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
    ) : (
      <Skeleton className="mt-3 h-16 w-full" />
    )
  }
  const messages = listMessages(data)
  const count = messages.at(-1)?.seq ?? 0
  const items = buildTimeline({ messages, outbox: [], me, readUpToSeq: null })
  return (
    <ThreadActionsContext value={PART_ACTIONS}>
      {hasNextPage ? (
        <p className="flex justify-center pt-2">
          <Button size="sm" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('older')}
          </Button>
        </p>
      ) : null}
      <div role="list" className="flex flex-col">
        {items.map((item) => {
          if (item.type === 'day') return <DayLine key={item.key} date={item.date} />
          if (item.type !== 'message') return null
          return <MessageItem key={item.key} item={item} count={count} customerName={customerName} />
        })}
      </div>
    </ThreadActionsContext>
  )
}
