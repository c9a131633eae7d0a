import type { Customer } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { CustomersSearch } from './customer-queries.ts'
import { CustomerRows } from './customer-rows.tsx'
import { CustomersEmpty } from './customers-empty.tsx'

export interface CustomerTableProps {
  list: {
    isPending: boolean
    isError: boolean
    isPlaceholderData: boolean
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError: boolean
    fetchNextPage: () => Promise<unknown>
    refetch: () => Promise<unknown>
  }
  items: readonly Customer[]
  customerId: string | undefined
  search: CustomersSearch
  onSearchChange: (search: CustomersSearch) => void
  /** Left out for who may not. */
  onCreate?: () => void
}

export function CustomerTable(props: CustomerTableProps) {
  const { list, items, customerId, search, onSearchChange, onCreate } = props
  const t = useTranslations('common')
  if (list.isPending) return <TableSkeleton />
  if (list.isError && items.length === 0) {
    return (
      <div role="alert" className="flex flex-1 flex-col items-start gap-2 p-6 text-sm">
        <p>{t('error.loadFailed')}</p>
        <Button size="sm" onClick={() => void list.refetch()}>
          {t('action.retry')}
        </Button>
      </div>
    )
  }
  if (items.length === 0) {
    return (
      <div className="min-h-0 flex-1 overflow-y-auto">
        <CustomersEmpty search={search} onSearchChange={onSearchChange} {...(onCreate && { onCreate })} />
      </div>
    )
  }
  return (
    <div
      className={cx(
        'flex min-h-0 flex-1 flex-col transition-opacity',
        list.isPlaceholderData && 'opacity-60',
      )}
    >
      <CustomerRows
        items={items}
        customerId={customerId}
        search={search}
        onSearchChange={onSearchChange}
        list={list}
      />
    </div>
  )
}

const SKELETON_ROWS = Array.from({ length: 12 }, (_, index) => `row${index}`)

function TableSkeleton() {
  const t = useTranslations('common.status')
  return (
    <div aria-busy className="flex-1 overflow-hidden">
      <span className="sr-only">{t('loading')}</span>
      {SKELETON_ROWS.map((row) => (
        <div key={row} className="flex h-11 items-center gap-4 border-b border-line px-4 md:px-6">
          <Skeleton className="h-3.5 w-2/5" />
          <Skeleton className="h-3.5 w-1/5 max-sm:hidden" />
        </div>
      ))}
    </div>
  )
}
