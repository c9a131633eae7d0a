import Filter from 'lucide-react/icons/list-filter'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import type { CustomerFiltersProps } from './customer-filters.tsx'
import { countFilters } from './filter-draft.ts'

const load = () => import('./filter-dialog.tsx')
const FilterDialog = lazy(() => load().then((module) => ({ default: module.FilterDialog })))

/** Opens the filters that the bar has no room for, and says how many of them are set. */
export function FilterButton({ search, onSearchChange }: CustomerFiltersProps) {
  const t = useTranslations('customer.filter')
  const [isOpen, setOpen] = useState(false)
  const count = countFilters(search)
  return (
    <>
      <Button
        variant="ghost"
        aria-haspopup="dialog"
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => setOpen(true)}
      >
        <Filter aria-hidden className="size-4" />
        {count === 0 ? t('open') : t('openCount', { count })}
      </Button>
      {isOpen ? (
        <Suspense>
          <FilterDialog search={search} onSearchChange={onSearchChange} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
