import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from '../../ui/cx.ts'
import type { ListLayout } from './customer-columns.ts'
import { DEFAULT_SORT, toggleSort } from './customer-lists.ts'
import { type CustomersSearch, withSort } from './customer-queries.ts'
import { NAME_CELL_CLASS, ROW_CLASS } from './customer-row.tsx'
import { SelectLoaded } from './select-customer.tsx'
import { useColumnsContext } from './use-columns.ts'

type SortColumn = Parameters<typeof toggleSort>[1]
const SORTED: readonly string[] = ['createdAt', 'updatedAt'] satisfies SortColumn[]

interface CustomerHeadingsProps {
  /** Of all rows that are loaded. */
  ids: readonly string[]
  layout: ListLayout
  search: CustomersSearch
  onSearchChange: (search: CustomersSearch) => void
}

/** The head of the table; on narrow lists only for screen readers, the order is chosen above. */
export function CustomerHeadings({ ids, layout, search, onSearchChange }: CustomerHeadingsProps) {
  const t = useTranslations('customer.column')
  const { offered } = useColumnsContext()
  const { sort = DEFAULT_SORT } = search
  const nameOf = (column: string) => offered.find((each) => each.column === column)?.name ?? ''
  const heading = (column: SortColumn, more?: { className?: string; before?: ReactNode }) => (
    <Heading
      key={column}
      sort={sort}
      column={column}
      onSort={(pressed) => onSearchChange(withSort(search, toggleSort(sort, pressed)))}
      {...more}
    >
      {t(column)}
    </Heading>
  )
  if (layout.isCompact) return null
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-canvas">
      <div
        role="row"
        style={{ gridTemplateColumns: layout.template }}
        className={cx(ROW_CLASS, 'h-9 bg-canvas text-xs font-medium text-text-muted')}
      >
        {heading('name', {
          className: cx(NAME_CELL_CLASS, 'flex h-full items-center gap-3'),
          before: <SelectLoaded ids={ids} />,
        })}
        {layout.columns.map((column) =>
          SORTED.includes(column) ? (
            heading(column as SortColumn)
          ) : (
            <span key={column} role="columnheader" className="truncate">
              <bdi>{nameOf(column)}</bdi>
            </span>
          ),
        )}
      </div>
    </div>
  )
}

interface HeadingProps {
  sort: NonNullable<CustomersSearch['sort']> | typeof DEFAULT_SORT
  column: SortColumn
  onSort: (column: SortColumn) => void
  className?: string
  before?: ReactNode
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
