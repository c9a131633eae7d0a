import type { Message } from '@sarai/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useChatDesk } from './chat-desk.ts'
import { threadOptions } from './chat-queries.ts'
import { DayLine } from './day-line.tsx'
import { loadBack } from './load-back.ts'
import { MessageItem } from './message-item.tsx'
import { listMessages } from './thread.ts'
import { buildTimeline } from './timeline.ts'
import { useJumpIntoPart } from './use-jump.ts'
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
  const messages = useMemo(() => (data ? listMessages(data) : []), [data])
  useShowWanted({ conversationId, messages, isWhole: data !== undefined && !hasNextPage })
  if (!data) {
    return error ? (
      <LoadFailure error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
    ) : (
      <Skeleton className="mt-3 h-16 w-full" />
    )
  }
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

interface Loaded {
  conversationId: string
  messages: readonly Message[]
  /** The first message there is is among them. */
  isWhole: boolean
}

/** Shows the message that is wanted, and loads what lies between first. */
function useShowWanted({ conversationId, messages, isWhole }: Loaded): void {
  const { cache } = useChatDesk()
  const jump = useJumpIntoPart(conversationId)
  const [isFailed, setFailed] = useState(false)
  if (!jump && isFailed) setFailed(false)
  const message = messages.find(({ seq }) => seq === jump?.seq)
  useLayoutEffect(() => {
    if (!jump) return
    if (message) jump.show(`[data-part="${conversationId}"] [data-key="${message.clientId}"]`)
    else if (isWhole || isFailed) jump.giveUp()
  })
  const toSeq = jump && messages.length > 0 && !message && !isWhole ? jump.seq : null
  useEffect(() => {
    if (toSeq !== null) loadBack(cache, { conversationId, toSeq }).catch(() => setFailed(true))
  }, [cache, conversationId, toSeq])
}
