import type { ConversationForMember } from '@sarai/api'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import MessageSquare from 'lucide-react/icons/message-square'
import { type ReactNode, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { updateCache } from '../../lib/update-cache.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { findConversation } from './chat-cache.ts'
import { useChatDesk } from './chat-desk.ts'
import { threadOptions } from './chat-queries.ts'
import { BackToList } from './back-to-list.tsx'
import { Composer, type ComposerHandle } from './composer.tsx'
import { ConversationTriage } from './conversation-triage.tsx'
import { MergedNotice } from './merged-notice.tsx'
import { ScheduledMessages } from './scheduled-messages.tsx'
import { ThreadHeader } from './thread-header.tsx'
import { ThreadMessages } from './thread-messages.tsx'
import { ThreadSkeleton } from './thread-skeleton.tsx'
import { keepNewest, type Thread } from './thread.ts'
import type { WantedMessage } from './use-jump.ts'
import { useShowPresence } from './use-show-presence.ts'
import { WritingLine } from './writing-line.tsx'
import { type ThreadActions, ThreadActionsContext } from './use-thread-actions.ts'

export interface ThreadPaneProps {
  conversationId: string
  /** A message that is to be shown first, and what to do when it is. */
  wanted: WantedMessage | null
  onMessageShown: () => void
  /** The customer's card; on narrow screens it takes the place of the messages. */
  renderCustomer: (customerId: string) => ReactNode
  isCustomerShown: boolean
  onCustomerShownChange: (isShown: boolean) => void
}

export function ThreadPane(props: ThreadPaneProps) {
  const { conversationId, wanted, renderCustomer, isCustomerShown, onCustomerShownChange } = props
  const trpc = useTrpc()
  const { cache, outbox } = useChatDesk()
  const composer = useRef<ComposerHandle>(null)
  /** The last message that was on screen while somebody could see it. */
  const seenSeq = useRef(0)
  const { data: conversation, error } = useQuery({
    ...trpc.chat.conversation.byId.queryOptions({ id: conversationId }),
    placeholderData: () => findConversation(cache, conversationId),
  })
  const onSeen = useCallback((seq: number) => {
    seenSeq.current = Math.max(seenSeq.current, seq)
  }, [])
  const getSeenSeq = useCallback(() => seenSeq.current, [])
  useShowPresence(conversationId)
  const [target, setTarget] = useTarget(wanted)
  const place = conversation?.mergedInto ? 'closed' : 'open'
  const actions = useMemo<ThreadActions>(
    () => ({
      edit(entry) {
        composer.current?.takeBack(entry)
        outbox.discard(entry.clientId)
      },
      restore: ({ body, private: isNote, mentions, attachments }) =>
        composer.current?.restore({ body, private: isNote, ...(mentions && { mentions }) }, attachments),
      reply: (quote, isNote) => composer.current?.reply(quote, isNote),
      jumpTo: (seq) => setTarget({ seq }),
      place,
    }),
    [outbox, setTarget, place],
  )
  const onArrive = () => {
    setTarget(null)
    if (wanted !== null) props.onMessageShown()
  }
  const thread = useInfiniteQuery(threadOptions(trpc, conversationId))
  useShortMemory(conversationId)
  const failure = conversation ? null : (error ?? (thread.data ? null : thread.error))
  if (failure) return <ThreadFailure error={failure} onRetry={() => void thread.refetch()} />
  if (!conversation) return <ThreadSkeleton />
  return (
    <div className="flex h-full min-h-0">
      <section
        aria-labelledby="thread-name"
        className={
          isCustomerShown
            ? 'hidden h-full min-w-0 flex-1 flex-col xl:flex'
            : 'flex h-full min-w-0 flex-1 flex-col'
        }
      >
        <ThreadHeader conversation={conversation} onShowCustomer={() => onCustomerShownChange(true)} />
        {place === 'open' ? <ConversationTriage conversation={conversation} /> : null}
        <ThreadActionsContext value={actions}>
          {thread.data ? (
            <ThreadMessages
              conversation={conversation}
              thread={thread}
              data={thread.data}
              onSeen={onSeen}
              jump={{ wanted: target, onArrive }}
            />
          ) : (
            <ThreadSkeleton />
          )}
          <Writing composer={composer} conversation={conversation} getSeenSeq={getSeenSeq} />
        </ThreadActionsContext>
      </section>
      <aside
        className={
          isCustomerShown
            ? 'relative h-full w-full min-w-0 overflow-y-auto border-line xl:w-80 xl:shrink-0 xl:border-s'
            : 'relative hidden h-full w-80 shrink-0 overflow-y-auto border-s border-line xl:block'
        }
      >
        <CustomerHeader isShown={isCustomerShown} onHide={() => onCustomerShownChange(false)} />
        {renderCustomer(conversation.customerId)}
      </aside>
    </div>
  )
}

interface WritingProps {
  composer: RefObject<ComposerHandle | null>
  conversation: ConversationForMember
  getSeenSeq: () => number
}

/** Where one writes, or is told where to write. */
function Writing({ composer, conversation, getSeenSeq }: WritingProps) {
  const { mergedInto } = conversation
  if (mergedInto !== null) return <MergedNotice conversation={{ ...conversation, mergedInto }} />
  return (
    <>
      <ScheduledMessages conversation={conversation} getSeenSeq={getSeenSeq} />
      <Composer ref={composer} conversation={conversation} getSeenSeq={getSeenSeq} />
      <WritingLine conversation={conversation} />
    </>
  )
}

/** The message to jump to: what the address asks for, whenever it asks for another, or what is chosen in the thread. */
function useTarget(wanted: WantedMessage | null) {
  const [target, setTarget] = useState(wanted)
  const [asked, setAsked] = useState(wanted)
  if (asked?.seq !== wanted?.seq || asked?.partId !== wanted?.partId) {
    setAsked(wanted)
    if (wanted !== null) setTarget(wanted)
  }
  return [target, setTarget] as const
}

/** Pages that are kept of a thread that was left. */
const PAGES_KEPT = 4

/** Whoever read far back does not load all of it again whenever the conversation is opened or the network comes back. */
function useShortMemory(conversationId: string): void {
  const { cache } = useChatDesk()
  useEffect(
    () => () => {
      const { queryKey } = threadOptions(cache.trpc, conversationId)
      updateCache<Thread>(cache.queryClient, queryKey, (thread) => keepNewest(thread, PAGES_KEPT))
    },
    [cache, conversationId],
  )
}

function CustomerHeader({ isShown, onHide }: { isShown: boolean; onHide: () => void }) {
  const t = useTranslations('chat.thread')
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isShown) back.current?.focus()
  }, [isShown])
  if (!isShown) return null
  return (
    <div className="flex min-h-13 items-center border-b border-line px-2 xl:hidden">
      <Button ref={back} variant="ghost" onClick={onHide}>
        <ArrowLeft aria-hidden className="flip-rtl size-4" />
        {t('backToThread')}
      </Button>
    </div>
  )
}

function ThreadFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations('chat.empty')
  const tc = useTranslations('common')
  const isMissing = reactTo(error).kind === 'not-found' || reactTo(error).kind === 'fields'
  return (
    <div role="alert" className="flex h-full items-center justify-center">
      <EmptyState
        icon={<MessageSquare />}
        heading="h2"
        title={isMissing ? t('notFound') : tc('error.loadFailed')}
        text={isMissing ? t('notFoundText') : null}
        action={isMissing ? <BackToList /> : <Button onClick={onRetry}>{tc('action.retry')}</Button>}
      />
    </div>
  )
}
