import Archive from 'lucide-react/icons/archive'
import SearchX from 'lucide-react/icons/search-x'
import Tag from 'lucide-react/icons/tag'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { CustomersSearch } from './customer-queries.ts'

export interface CustomersEmptyProps {
  search: CustomersSearch
  onSearchChange: (search: CustomersSearch) => void
  onCreate?: () => void
}

/** Why the list is empty, and what to do about it. */
export function CustomersEmpty({ search, onSearchChange, onCreate }: CustomersEmptyProps) {
  const t = useTranslations('customer')
  const clear = (
    <Button size="sm" onClick={() => onSearchChange({})}>
      {t('empty.clear')}
    </Button>
  )
  const { archived, search: query, tag, sort: _sort, columns: _columns, view: _view, ...filters } = search
  const isFiltered = Object.keys(filters).length > 0
  if (query) {
    const title = t('empty.search', { query })
    const text = t(isFiltered || tag ? 'empty.noMatchText' : 'empty.searchText')
    return <EmptyState icon={<SearchX />} title={title} text={text} action={clear} />
  }
  if (tag && !isFiltered && !archived) {
    return (
      <EmptyState icon={<Tag />} title={t('empty.filtered')} text={t('empty.filteredText')} action={clear} />
    )
  }
  if (isFiltered || tag) {
    return (
      <EmptyState
        icon={<SearchX />}
        title={t('empty.noMatch')}
        text={t('empty.noMatchText')}
        action={clear}
      />
    )
  }
  if (archived) {
    return (
      <EmptyState
        icon={<Archive />}
        title={t('empty.archived')}
        text={t('empty.archivedText')}
        action={clear}
      />
    )
  }
  return (
    <EmptyState
      icon={<UsersRound />}
      title={t('empty.none')}
      text={t('empty.noneText')}
      action={
        onCreate ? (
          <Button variant="primary" onClick={onCreate}>
            {t('list.new')}
          </Button>
        ) : null
      }
    />
  )
}
