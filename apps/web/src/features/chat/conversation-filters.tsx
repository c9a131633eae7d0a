import { CONVERSATION_BOXES, CONVERSATION_SEARCH_LENGTH_MAX } from '@sarai/api/chat/schema'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useSearchText } from '../../lib/use-search-text.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { Select } from '../../ui/select.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { type ChatSearch, countsOptions, usualStatus } from './chat-queries.ts'
import { ConversationNarrowing } from './conversation-narrowing.tsx'
import { ConversationSorting } from './conversation-sorting.tsx'
import { withoutFoundFilter } from './found-filter.ts'
import { useShowCount } from './use-show-count.ts'

const STATUSES = ['open', 'waiting', 'snoozed', 'resolved', 'any'] as const

export interface ConversationFiltersProps {
  search: ChatSearch
  onSearchChange: (search: ChatSearch) => void
}

/** Whose, in which status, with which words; all of it in the address. */
export function ConversationFilters({ search, onSearchChange }: ConversationFiltersProps) {
  const t = useTranslations('chat')
  const trpc = useTrpc()
  const showCount = useShowCount()
  const { data: counts } = useQuery(countsOptions(trpc, search))
  const [text, setText] = useSearchText(search.search ?? '', (next) =>
    onSearchChange(next === '' ? withoutSearch(search) : { ...search, search: next }),
  )
  const field = useRef<HTMLInputElement>(null)
  useSearchKey(() => field.current?.focus())
  const { box = 'all', ...withoutBox } = search
  const { status, ...withoutStatus } = search
  const usual = usualStatus(search)
  return (
    <div className="shrink-0">
      <div className="flex items-end gap-2 px-3 pb-2">
        <div className="min-w-0 flex-1">
          <SearchField
            field={field}
            label={t('list.search')}
            clearLabel={t('list.clearSearch')}
            maxLength={CONVERSATION_SEARCH_LENGTH_MAX}
            value={text}
            onChange={setText}
          />
        </div>
        <Select
          label={t('list.status')}
          isQuiet
          className="shrink-0 text-sm"
          value={status ?? usual}
          options={STATUSES.map((value) => ({
            value,
            label: t(`status.${value}`),
            count: counts && value !== 'any' ? showCount(counts.statuses[value]) : undefined,
          }))}
          onChange={(next) => onSearchChange({ ...withoutStatus, ...(next !== usual && { status: next }) })}
        />
        <ConversationSorting search={search} onSearchChange={onSearchChange} />
      </div>
      <ConversationNarrowing search={search} onSearchChange={onSearchChange} />
      <Tabs
        label={t('list.boxes')}
        value={box}
        tabs={CONVERSATION_BOXES.map((value) => ({
          value,
          label: t(`list.${value}`),
          count: counts && showCount(counts.boxes[value]),
        }))}
        onChange={(next) => onSearchChange({ ...withoutBox, ...(next !== 'all' && { box: next }) })}
      />
    </div>
  )
}

/** What narrowed the search goes with it. */
function withoutSearch({ search: _, ...others }: ChatSearch): ChatSearch {
  return withoutFoundFilter(others)
}

function useSearchKey(run: () => void): void {
  const t = useTranslations('chat')
  useShortcuts([{ id: 'chat.search', keys: '/', label: t('list.search'), group: t('action.group'), run }])
}
