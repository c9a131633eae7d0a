import type { ConversationForMember } from '@sarai/api'
import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useContext, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useChatDesk } from './chat-desk.ts'
import { type ChatSearch, prefetchConversation } from './chat-queries.ts'
import { ConversationListEmpty } from './conversation-list-empty.tsx'
import { ConversationRow } from './conversation-row.tsx'
import { SelectionContext } from './row-checkbox.tsx'
import { useMinute } from './use-minute.ts'
import { useNearEnd } from '../../lib/use-near-end.ts'

export interface ConversationListProps {
  list: {
    isPending: boolean
    isError: boolean
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError: boolean
    fetchNextPage: () => Promise<unknown>
    refetch: () => Promise<unknown>
  }
  items: readonly ConversationForMember[]
  conversationId: string | undefined
  search: ChatSearch
  onSearchChange: (search: ChatSearch) => void
  onCreate?: () => void
}

export function ConversationList({ list, items, conversationId, ...empty }: ConversationListProps) {
  const t = useTranslations('chat.list')
  const tc = useTranslations('common')
  const scroller = useRef<HTMLDivElement>(null)
  const end = useNearEnd(
    list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError,
    list.fetchNextPage,
  )
  const minute = useMinute()
  useListKeys(items, conversationId, scroller)
  if (list.isPending) return <ListSkeleton />
  if (list.isError && items.length === 0) {
    return (
      <div role="alert" className="flex flex-col items-start gap-2 p-4 text-sm">
        <p>{tc('error.loadFailed')}</p>
        <Button size="sm" onClick={() => void list.refetch()}>
          {tc('action.retry')}
        </Button>
      </div>
    )
  }
  if (items.length === 0) return <ConversationListEmpty {...empty} />
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <ul>
        {items.map((item) => (
          <ConversationRow
            key={item.id}
            item={item}
            isSelected={item.id === conversationId}
            minute={minute}
          />
        ))}
      </ul>
      <div ref={end} className="h-px" />
      {list.isFetchNextPageError ? (
        <div className="flex items-center justify-between gap-2 p-3 text-sm text-text-muted">
          {t('moreFailed')}
          <Button size="sm" onClick={() => void list.fetchNextPage()}>
            {t('showMore')}
          </Button>
        </div>
      ) : null}
      {list.isFetchingNextPage ? <Skeleton className="m-3 h-14" /> : null}
    </div>
  )
}

/** `j` and `k` open the next and the previous conversation; the list follows. */
export function useListKeys(
  items: readonly ConversationForMember[],
  conversationId: string | undefined,
  scroller: RefObject<HTMLDivElement | null>,
): void {
  const t = useTranslations('chat.action')
  const tenantKey = useTenantKey()
  const navigate = useNavigate()
  function move(step: 1 | -1): void {
    const index = items.findIndex((item) => item.id === conversationId)
    const next = items[index === -1 ? 0 : index + step]
    if (!next) return
    void navigate({
      to: '/$tenantKey/chat/$conversationId',
      params: { tenantKey, conversationId: next.id },
      search: (before) => before,
      replace: conversationId !== undefined,
    })
  }
  useShortcuts([
    { id: 'chat.next', keys: 'j', label: t('next'), group: t('group'), isKeyOnly: true, run: () => move(1) },
    {
      id: 'chat.previous',
      keys: 'k',
      label: t('previous'),
      group: t('group'),
      isKeyOnly: true,
      run: () => move(-1),
    },
  ])
  useChoosing(conversationId)
  usePrefetchBeside(items, conversationId)
  useEffect(() => {
    const selected = scroller.current?.querySelector('[aria-current]')
    selected?.scrollIntoView({ block: 'nearest' })
  }, [conversationId, scroller])
}

/** `x` chooses the open conversation, Shift + X all from the one before to it. */
function useChoosing(conversationId: string | undefined): void {
  const t = useTranslations('chat')
  const selection = useContext(SelectionContext)
  const choose = (isRange: boolean) => {
    if (conversationId !== undefined) selection?.toggle(conversationId, isRange)
  }
  const shared = { group: t('action.group'), isKeyOnly: true }
  useShortcuts(
    selection === null
      ? []
      : [
          { ...shared, id: 'chat.choose', keys: 'x', label: t('many.begin'), run: () => choose(false) },
          {
            ...shared,
            id: 'chat.choose-range',
            keys: 'shift+x',
            label: t('many.chooseRange'),
            run: () => choose(true),
          },
        ],
  )
}

/** The next press of `j` or `k` finds its messages there. */
function usePrefetchBeside(
  items: readonly ConversationForMember[],
  conversationId: string | undefined,
): void {
  const { cache } = useChatDesk()
  const index = items.findIndex((item) => item.id === conversationId)
  const nextId = items[index + 1]?.id
  const previousId = items[index - 1]?.id
  useEffect(() => {
    if (index === -1) return
    for (const id of [nextId, previousId]) if (id) prefetchConversation(cache, id)
  }, [cache, index, nextId, previousId])
}

function ListSkeleton() {
  const t = useTranslations('common.status')
  return (
    <div aria-busy className="flex flex-col gap-px pt-1">
      <span className="sr-only">{t('loading')}</span>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <div key={row} className="flex gap-3 px-4 py-3">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3.5 w-2/5" />
            <Skeleton className="h-3 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  )
}
