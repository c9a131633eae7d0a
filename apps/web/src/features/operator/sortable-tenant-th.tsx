import type { TenantSortColumn } from '@sarai/api/operator/schema'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useTranslations } from 'use-intl'
import { Th } from '../../ui/table.tsx'
import { nextTenantSort, sortColumn, type TenantSort } from './sort-tenants.ts'

interface SortableTenantThProps {
  column: TenantSortColumn
  sort: TenantSort
  onSort: (sort: TenantSort) => void
  className?: string
}

/** A heading that sorts by its column. Only the key is no figure. */
export function SortableTenantTh({ column, sort, onSort, className = '' }: SortableTenantThProps) {
  const t = useTranslations('fleet.tenant.column')
  const isSorted = sortColumn(sort) === column
  const isDescending = sort.startsWith('-')
  const isNumeric = column !== 'key'
  const Arrow = isDescending ? ArrowDown : ArrowUp
  // Before the words of a figure, so that they end where the figures do.
  const arrow = <Arrow aria-hidden className={isSorted ? 'size-3.5' : 'size-3.5 opacity-0'} />
  return (
    <Th
      isNumeric={isNumeric}
      aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}
      className={`${isNumeric ? 'px-1' : 'px-2'} ${className}`}
    >
      <button
        type="button"
        onClick={() => onSort(nextTenantSort(sort, column))}
        className="inline-flex h-7 items-center gap-1 rounded-sm px-2 hover:bg-hover hover:text-text pointer-coarse:h-10"
      >
        {isNumeric ? arrow : null}
        {t(column)}
        {isNumeric ? null : arrow}
      </button>
    </Th>
  )
}
