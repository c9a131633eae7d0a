import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, use, useEffect, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { announce } from '../../lib/announce.ts'
import { useChanges, useConnection } from '../../lib/changes.ts'
import { useCan } from '../../lib/permissions.ts'
import { showToast } from '../../lib/toast.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { cx } from '../../ui/cx.ts'
import { applyChange } from './chat-cache.ts'
import { type ChatDesk, ChatDeskProvider, useChatDesk } from './chat-desk.ts'
import type { ChatSearch } from './chat-queries.ts'
import { ConversationListPane } from './conversation-list-pane.tsx'
import { openOutbox } from './open-outbox.ts'
import { onMacroRun } from './macro-runs.ts'
import { openUploads } from './open-uploads.ts'
import { openPresenceTeller } from './open-presence-teller.ts'
import { openWords } from '../../lib/words.ts'
import { useMacroToasts } from './use-macro-runs.ts'

/** How much of a new message is read out. */
const ANNOUNCED_LENGTH_MAX = 200

export interface ChatInboxProps {
  me: { id: string; name: string }
  /** The conversation beside the list, if one is open. */
  conversationId: string | undefined
  search: ChatSearch
  onSearchChange: (search: ChatSearch) => void
  children: ReactNode
}

/** The list of conversations with the open one beside it; on a phone, one of them. Suspends until drafts are read. */
export function ChatInbox({ me, conversationId, search, onSearchChange, children }: ChatInboxProps) {
  const t = useTranslations('chat')
  return (
    <ChatDeskProvider value={useDesk(me)}>
      <Live conversationId={conversationId} />
      {/* Where the list with its heading is not shown. */}
      {conversationId === undefined ? null : <h1 className="sr-only lg:hidden">{t('title')}</h1>}
      <div className="flex h-full min-h-0">
        <div
          className={cx(
            'h-full w-full min-w-0 shrink-0 border-line lg:w-80 lg:border-e xl:w-88',
            conversationId !== undefined && 'hidden lg:block',
          )}
        >
          <ConversationListPane
            conversationId={conversationId}
            search={search}
            onSearchChange={onSearchChange}
          />
        </div>
        <div className={cx('h-full min-w-0 flex-1', conversationId === undefined && 'hidden lg:block')}>
          {children}
        </div>
      </div>
    </ChatDeskProvider>
  )
}

function useDesk({ id, name }: ChatInboxProps['me']): ChatDesk {
  const tenantKey = useTenantKey()
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const can = useCan()
  const words = use(openWords({ tenantKey, userId: id }))
  const stable = useMemo(
    () => ({
      me: { id, name },
      cache: { queryClient, trpc, userId: id },
      outbox: openOutbox({ tenantKey, userId: id, queryClient }, words),
      uploads: openUploads({ tenantKey, userId: id }, words.chosen),
      drafts: words.draft,
      presence: openPresenceTeller(tenantKey),
    }),
    [id, name, tenantKey, trpc, queryClient, words],
  )
  return { ...stable, can }
}

/** Keeps everything loaded up to date while the page is open, and says what is new to who cannot see it. */
function Live({ conversationId }: { conversationId: string | undefined }) {
  const t = useTranslations('chat.thread')
  const ts = useTranslations('chat.scheduled')
  const { cache, outbox, me } = useChatDesk()
  const connection = useConnection()
  const { queryClient, trpc } = cache
  const { told } = useMacroToasts()
  useEffect(() => onMacroRun(({ conversationId: id, clientId, macro }) => told(macro.name, { id, clientId })))
  useChanges((change) => {
    applyChange(cache, change)
    if (change.kind === 'scheduled.changed' && change.heldReason && change.userId === me.id) {
      showToast({ title: ts('heldToast') })
    }
    if (change.kind !== 'message.created') return
    outbox.settle(change.message.clientId)
    const { message, conversation } = change
    if (message.authorKind === 'agent' && message.authorId === me.id) return
    const name = message.authorName ?? conversation.customerName
    // What is written elsewhere is told by the notifications.
    if (message.conversationId === conversationId)
      announce(t('announce', { name, text: message.body.slice(0, ANNOUNCED_LENGTH_MAX) }))
  })
  useEffect(() => {
    if (connection === 'live') outbox.wake()
  }, [connection, outbox])
  // Nobody applies changes while the page is away: what it had loaded shows at once and is asked for again.
  useEffect(
    () => () => void queryClient.invalidateQueries({ ...trpc.chat.pathFilter(), refetchType: 'none' }),
    [queryClient, trpc],
  )
  return null
}
