import type { ConversationForMember, ConversationMerge } from '@sarai/api'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { retryIdempotent } from '../../lib/query-client.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { putRead } from './chat-cache.ts'
import { useChatDesk, useOutbox } from './chat-desk.ts'
import { loadBack } from './load-back.ts'
import { MessageList } from './message-list.tsx'
import { lastContiguousSeq, listMessages, type Thread } from './thread.ts'
import { buildTimeline } from './timeline.ts'
import type { WantedMessage } from './use-jump.ts'
import { useVisible } from './use-visible.ts'

/** The message that is wanted in sight. */
interface Jump {
  wanted: WantedMessage | null
  onArrive: () => void
}

export interface ThreadMessagesProps {
  conversation: ConversationForMember
  data: Thread
  thread: {
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError: boolean
    fetchNextPage: () => Promise<unknown>
  }
  /** The message up to which everything has been on screen while somebody could see it. */
  onSeen: (seq: number) => void
  jump: Jump
}

/** The messages of one conversation: what the server has, what is on its way, and how far it has been read. */
export function ThreadMessages({ conversation, data, thread, onSeen, jump }: ThreadMessagesProps) {
  const t = useTranslations('chat.empty')
  const { me } = useChatDesk()
  const all = useOutbox()
  const outbox = useMemo(
    () => all.filter((entry) => entry.conversationId === conversation.id),
    [all, conversation.id],
  )
  const messages = useMemo(() => listMessages(data), [data])
  const lastSeq = useMemo(() => lastContiguousSeq(messages), [messages])
  const [isAtEnd, setAtEnd] = useState(false)
  const isVisible = useVisible()
  const readUpToSeq = useDivider({ conversation, lastSeq, isVisible, isWriting: outbox.length > 0 })
  const isSeen = isAtEnd && isVisible
  useEffect(() => {
    if (isSeen) onSeen(lastSeq)
  }, [isSeen, lastSeq, onSeen])
  useMarkRead(conversation, isSeen ? lastSeq : 0)
  const trpc = useTrpc()
  const { data: runs } = useQuery(trpc.chat.rule.runsOf.queryOptions({ conversationId: conversation.id }))
  const { data: merges } = useQuery(trpc.merge.of.queryOptions({ conversationId: conversation.id }))
  const items = useMemo(
    () =>
      buildTimeline({
        ...{ messages, outbox, me, readUpToSeq, isWhole: !thread.hasNextPage },
        ...{ runs: runs?.items ?? [], merges: merges?.items ?? [] },
      }),
    [messages, outbox, me, readUpToSeq, runs, merges, thread.hasNextPage],
  )
  const known = useKnownPart(jump, merges?.items)
  const back = useLoadBack(conversation.id)
  if (items.length === 0) {
    return (
      <div className="flex min-h-0 flex-1 items-center justify-center">
        <EmptyState title={t('messages')} text={t('messagesText')} />
      </div>
    )
  }
  return (
    <MessageList
      items={items}
      count={conversation.lastSeq}
      customerName={conversation.customerName}
      older={{
        hasMore: thread.hasNextPage,
        isLoading: thread.isFetchingNextPage || back.isUnderWay,
        isError: thread.isFetchNextPageError || back.isFailed,
        load: () => {
          back.forget()
          void thread.fetchNextPage()
        },
        loadTo: back.loadTo,
        isGoingBack: back.isUnderWay,
      }}
      onAtEndChange={setAtEnd}
      jump={known}
    />
  )
}

/** A message of a part is looked for when it is known which parts there are, and is not there if that one is none of them. */
function useKnownPart(jump: Jump, merges: readonly ConversationMerge[] | undefined): Jump {
  const { wanted, onArrive } = jump
  const partId = wanted?.partId
  const isNone = merges !== undefined && !merges.some(({ mergedId }) => mergedId === partId)
  useEffect(() => {
    if (partId !== undefined && isNone) onArrive()
  }, [partId, isNone, onArrive])
  return partId === undefined || (merges && !isNone) ? jump : { ...jump, wanted: null }
}

/** Loads as far back as a message that is wanted. A failure is shown where older messages are, with a way to try again. */
function useLoadBack(conversationId: string) {
  const { cache } = useChatDesk()
  const [state, setState] = useState<'idle' | 'under-way' | 'failed'>('idle')
  const loadTo = useCallback(
    (toSeq: number) => {
      setState('under-way')
      loadBack(cache, { conversationId, toSeq }).then(
        () => setState('idle'),
        () => setState('failed'),
      )
    },
    [cache, conversationId],
  )
  return {
    loadTo,
    isUnderWay: state === 'under-way',
    isFailed: state === 'failed',
    forget: () => setState('idle'),
  }
}

/** Reports each message once; a failure is made good by the next report. */
function useMarkRead({ id, lastReadSeq }: ConversationForMember, seenSeq: number): void {
  const trpc = useTrpc()
  const { cache } = useChatDesk()
  const { mutate } = useMutation(
    trpc.chat.conversation.markRead.mutationOptions({
      meta: { errors: 'inline' },
      retry: retryIdempotent,
      onMutate: ({ seq }) => putRead(cache, id, seq),
    }),
  )
  const isNew = seenSeq > lastReadSeq
  useEffect(() => {
    if (isNew) mutate({ id, seq: seenSeq })
  }, [id, seenSeq, isNew, mutate])
}

interface DividerInput {
  conversation: ConversationForMember
  lastSeq: number
  isVisible: boolean
  isWriting: boolean
}

/**
 * Where "new messages" begins: fixed when the conversation is opened or the page is left, so that it does
 * not run away while one reads; gone with one's own answer.
 */
function useDivider({ conversation, lastSeq, isVisible, isWriting }: DividerInput): number | null {
  const [divider, setDivider] = useState(() => (conversation.unread > 0 ? conversation.lastReadSeq : null))
  const [wasVisible, setWasVisible] = useState(isVisible)
  if (wasVisible !== isVisible) {
    setWasVisible(isVisible)
    if (!isVisible) setDivider(lastSeq)
  }
  if (isWriting && divider !== null) setDivider(null)
  return isWriting ? null : divider
}
