import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import ListChecks from 'lucide-react/icons/list-checks'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { usePage } from '../../lib/page.ts'
import { listItems } from '../../lib/paged-list.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { ViewButton } from '../../ui/view-button.tsx'
import { useChatDesk } from './chat-desk.ts'
import { type ChatSearch, conversationsOptions, toFilter } from './chat-queries.ts'
import { ConversationFilters } from './conversation-filters.tsx'
import { ConversationList } from './conversation-list.tsx'
import { HeldNotice } from './held-notice.tsx'
import { ManyBar } from './many-bar.tsx'
import { NewConversationDialog } from './new-conversation-dialog.tsx'
import { SelectionContext } from './row-checkbox.tsx'
import { SearchResults } from './search-results.tsx'
import { useResultKeys } from './use-result-keys.ts'
import { useConversationViews } from './use-conversation-views.ts'
import { useSelection } from './use-selection.ts'

export interface ConversationListPaneProps {
  conversationId: string | undefined
  search: ChatSearch
  onSearchChange: (search: ChatSearch) => void
}

export function ConversationListPane({ conversationId, search, onSearchChange }: ConversationListPaneProps) {
  const t = useTranslations('chat')
  const trpc = useTrpc()
  const { can } = useChatDesk()
  const [isCreating, setCreating] = useState(false)
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  const list = useInfiniteQuery(conversationsOptions(trpc, toFilter(search)))
  const items = list.data ? listItems(list.data) : []
  const shown = { list, items, conversationId, search, onSearchChange }
  const unread = items.filter((item) => item.unread > 0).length
  const heading = usePage(unread > 0 ? t('titleUnread', { count: unread }) : t('title'), tenant?.name)
  const mayWrite = can('chat:reply')
  const selection = useSelection(items)
  const around = useResultKeys()
  const views = useConversationViews()
  const maySelect = can('chat:assign') || can('chat:resolve')
  useShortcuts(
    mayWrite
      ? [
          {
            id: 'chat.new',
            keys: 'n',
            label: t('list.new'),
            group: t('action.group'),
            run: () => setCreating(true),
          },
        ]
      : [],
  )
  return (
    <section aria-label={t('list.label')} ref={around} className="flex h-full min-h-0 flex-col">
      <header className="flex min-h-13 shrink-0 items-center gap-2 ps-4 pe-3">
        <h1 ref={heading} tabIndex={-1} className="truncate text-lg font-semibold tracking-tight">
          {t('title')}
        </h1>
        <span className="flex min-w-0 flex-1">
          <ViewButton desk={views} search={search} onSearchChange={onSearchChange} />
        </span>
        {maySelect ? (
          <Tooltip label={t('many.begin')} keys="x">
            <IconButton
              label={t('many.begin')}
              aria-pressed={selection.isActive}
              onClick={selection.isActive ? selection.clear : selection.begin}
            >
              <ListChecks aria-hidden />
            </IconButton>
          </Tooltip>
        ) : null}
        {mayWrite ? (
          <Tooltip label={t('list.new')} keys="n">
            <IconButton label={t('list.new')} onClick={() => setCreating(true)}>
              <Plus aria-hidden />
            </IconButton>
          </Tooltip>
        ) : null}
      </header>
      <HeldNotice />
      <ConversationFilters search={search} onSearchChange={onSearchChange} />
      {maySelect && selection.isActive ? <ManyBar selection={selection} /> : null}
      <SelectionContext value={maySelect ? selection : null}>
        {search.search ? (
          <SearchResults text={search.search} {...shown} />
        ) : (
          <ConversationList {...shown} {...(mayWrite && { onCreate: () => setCreating(true) })} />
        )}
      </SelectionContext>
      <NewConversationDialog isOpen={isCreating} onOpenChange={setCreating} />
    </section>
  )
}
