import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from '../../ui/cx.ts'
import { COLUMN_SHOWN, CUSTOMER_GRID } from './customer-columns.ts'
import { DEFAULT_SORT, toggleSort } from './customer-lists.ts'
import { type CustomersSearch, withSort } from './customer-queries.ts'
import { SelectLoaded } from './select-customer.tsx'

type SortColumn = Parameters<typeof toggleSort>[1]

interface CustomerHeadingsProps {
  /** Of all rows that are loaded. */
  ids: readonly string[]
  search: CustomersSearch
  onSearchChange: (search: CustomersSearch) => void
}

/** The head of the table; on narrow lists only for screen readers, the order is chosen above. */
export function CustomerHeadings({ ids, search, onSearchChange }: CustomerHeadingsProps) {
  const t = useTranslations('customer.column')
  const { sort = DEFAULT_SORT } = search
  function sortBy(column: SortColumn): void {
    onSearchChange(withSort(search, toggleSort(sort, column)))
  }
  const heading = (column: SortColumn, className?: string, before?: ReactNode) => (
    <Heading sort={sort} column={column} onSort={sortBy} className={className} before={before}>
      {t(column)}
    </Heading>
  )
  return (
    <div role="rowgroup" className="sticky top-0 z-10 hidden border-b border-line bg-canvas @2xl:block">
      <div role="row" className={cx(CUSTOMER_GRID, 'h-9 text-xs font-medium text-text-muted')}>
        {heading('name', 'flex items-center gap-3', <SelectLoaded ids={ids} />)}
        <span role="columnheader" className={COLUMN_SHOWN.company}>
          {t('company')}
        </span>
        <span role="columnheader" className={COLUMN_SHOWN.phone}>
          {t('phone')}
        </span>
        <span role="columnheader" className={COLUMN_SHOWN.email}>
          {t('email')}
        </span>
        <span role="columnheader" className={COLUMN_SHOWN.city}>
          {t('city')}
        </span>
        <span role="columnheader" className={COLUMN_SHOWN.tags}>
          {t('tags')}
        </span>
        {heading('createdAt', COLUMN_SHOWN.createdAt)}
        {heading('updatedAt')}
      </div>
    </div>
  )
}

interface HeadingProps {
  sort: NonNullable<CustomersSearch['sort']> | typeof DEFAULT_SORT
  column: SortColumn
  onSort: (column: SortColumn) => void
  className: string | undefined
  before: ReactNode
  children: ReactNode
}

function Heading({ sort, column, onSort, className, before, children }: HeadingProps) {
  const isAscending = sort === column
  const isDescending = sort === `-${column}`
  const Arrow = isAscending ? ArrowUp : ArrowDown
  return (
    <span
      role="columnheader"
      aria-sort={isAscending ? 'ascending' : isDescending ? 'descending' : 'none'}
      className={className}
    >
      {before}
      <button
        type="button"
        onClick={() => onSort(column)}
        className="-mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5 hover:bg-hover hover:text-text"
      >
        {children}
        {isAscending || isDescending ? <Arrow aria-hidden className="size-3" /> : null}
      </button>
    </span>
  )
}
