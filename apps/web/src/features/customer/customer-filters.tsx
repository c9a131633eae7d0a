import { CUSTOMER_SEARCH_LENGTH_MAX } from '@sarai/api/customer/schema'
import { useQuery } from '@tanstack/react-query'
import Archive from 'lucide-react/icons/archive'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { useFormat } from '../../lib/format.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useSearchText } from '../../lib/use-search-text.ts'
import { Button } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/filter-chip.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Select } from '../../ui/select.tsx'
import { ViewButton } from '../../ui/view-button.tsx'
import { withColumns } from './customer-columns.ts'
import { ColumnsButton } from './columns-button.tsx'
import { type CustomerSort, DEFAULT_SORT } from './customer-lists.ts'
import { type CustomersSearch, withSort } from './customer-queries.ts'
import { FilterButton } from './filter-button.tsx'
import { OwnerFilter } from './owner-filter.tsx'
import { useColumnsContext } from './use-columns.ts'
import { useCustomerViews } from './use-customer-views.ts'

const SORT_NAMES = {
  '-createdAt': 'newestFirst',
  createdAt: 'oldestFirst',
  '-updatedAt': 'recentlyChanged',
  updatedAt: 'longUnchanged',
  name: 'byName',
  '-name': 'byNameReversed',
} as const satisfies Record<CustomerSort, string>
const SORTS = Object.keys(SORT_NAMES) as CustomerSort[]
const ANY_TAG = 'any'

export interface CustomerFiltersProps {
  search: CustomersSearch
  onSearchChange: (search: CustomersSearch) => void
}

/** Which customers, in which order; all of it in the address. */
export function CustomerFilters({ search, onSearchChange }: CustomerFiltersProps) {
  const t = useTranslations('customer.list')
  const { archived, ...withoutArchived } = search
  const views = useCustomerViews()
  const { chosen } = useColumnsContext()
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2 md:px-6">
      <SearchByWords search={search} onSearchChange={onSearchChange} />
      {/* On a phone one line that is pushed sideways: wrapped they would leave the list half of the screen. */}
      <div
        className="max-sm:-mx-4 max-sm:flex max-sm:w-[calc(100%+2rem)] max-sm:shrink-0 max-sm:gap-1 max-sm:overflow-x-auto max-sm:px-4 max-sm:py-1 max-sm:[scrollbar-width:none] max-sm:*:shrink-0 sm:contents"
        // What has the focus is seen as a whole: beside half a word nobody knows what it is.
        onFocus={({ target }) => target.scrollIntoView({ block: 'nearest', inline: 'nearest' })}
      >
        <ViewButton
          desk={views}
          search={search}
          // Somebody else may see other columns: those of the list are saved with it, if any were chosen.
          shown={withColumns(search, chosen)}
          onSearchChange={onSearchChange}
        />
        <FilterButton search={search} onSearchChange={onSearchChange} />
        <OwnerFilter search={search} onSearchChange={onSearchChange} />
        <TagFilter search={search} onSearchChange={onSearchChange} />
        <ColumnsButton />
        <Select
          label={t('sort')}
          isQuiet
          className="text-sm"
          value={search.sort ?? DEFAULT_SORT}
          options={SORTS.map((value) => ({ value, label: t(SORT_NAMES[value]) }))}
          onChange={(next) => onSearchChange(withSort(search, next))}
        />
        <Button
          variant="ghost"
          aria-pressed={archived ?? false}
          className="aria-pressed:bg-selected aria-pressed:text-accent-text"
          onClick={() => onSearchChange({ ...withoutArchived, ...(!archived && { archived: true }) })}
        >
          <Archive aria-hidden className="size-4" />
          {t('archived')}
        </Button>
      </div>
      <CreatedFilter search={search} onSearchChange={onSearchChange} />
    </div>
  )
}

function SearchByWords({ search, onSearchChange }: CustomerFiltersProps) {
  const t = useTranslations('customer')
  const field = useRef<HTMLInputElement>(null)
  const { search: applied = '', ...others } = search
  const [text, setText] = useSearchText(applied, (next) =>
    onSearchChange(next === '' ? others : { ...others, search: next }),
  )
  useShortcuts([
    {
      id: 'customer.search',
      keys: '/',
      label: t('shortcut.search'),
      group: t('shortcut.group'),
      run: () => field.current?.focus(),
    },
  ])
  return (
    <div className="min-w-full flex-1 sm:min-w-64">
      <SearchField
        field={field}
        label={t('list.search')}
        clearLabel={t('list.clearSearch')}
        maxLength={CUSTOMER_SEARCH_LENGTH_MAX}
        value={text}
        onChange={setText}
      />
    </div>
  )
}

/** From a number of the dashboard: added between two days of the business's clock. */
function CreatedFilter({ search, onSearchChange }: CustomerFiltersProps) {
  const t = useTranslations('customer.list')
  const format = useFormat()
  const trpc = useTrpc()
  const { from, to, ...withoutPeriod } = search
  const { data: profile } = useQuery({
    ...trpc.tenant.profile.queryOptions(),
    enabled: from?.includes('T') === true,
  })
  if (!from?.includes('T') || !to || !profile) return null
  return (
    <FilterChip
      label={t('created', { days: format.period({ from, to }, profile.timeZone) })}
      removeLabel={t('removeCreated')}
      onRemove={() => onSearchChange(withoutPeriod)}
    />
  )
}

function TagFilter({ search, onSearchChange }: CustomerFiltersProps) {
  const t = useTranslations('customer.list')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.customer.tag.list.queryOptions())
  const { tag, ...withoutTag } = search
  const tags = data?.items ?? []
  if (tags.length === 0 && tag === undefined) return null
  return (
    <Select
      label={t('tag')}
      isQuiet
      className="text-sm"
      value={tag ?? ANY_TAG}
      options={[
        { value: ANY_TAG, label: t('anyTag') },
        ...tags.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(next) => onSearchChange({ ...withoutTag, ...(next !== ANY_TAG && { tag: next }) })}
    />
  )
}
