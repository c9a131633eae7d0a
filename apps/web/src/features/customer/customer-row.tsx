import type { Customer } from '@sarai/api'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Ref } from 'react'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { OneLine } from '../../ui/one-line.tsx'
import { CustomerCell, textOf } from './customer-cell.tsx'
import type { ListLayout } from './customer-columns.ts'
import { SelectCustomer } from './select-customer.tsx'
import { useSelecting } from './selection-context.ts'

/** A card that is being pointed at is still fresh when it is opened. */
const PREFETCH_STALE_MS = 30_000
/** Of a list that is too narrow for columns, in the line below the name. */
const DETAILS_MAX = 2

export const ROW_CLASS = 'grid items-center gap-x-4 pe-4 md:pe-6'
/** The name stays in sight while the other columns are scrolled sideways. */
export const NAME_CELL_CLASS = 'sticky start-0 z-1 min-w-0 bg-inherit ps-4 md:ps-6'

export interface CustomerRowProps {
  ref: Ref<HTMLDivElement>
  index: number
  /** Pixels from the top of the list. */
  start: number
  layout: ListLayout
  customer: Customer
  isSelected: boolean
  isActive: boolean
  /** Of all rows that are loaded, in order. */
  ids: readonly string[]
  onFocus: (index: number) => void
}

export function CustomerRow(props: CustomerRowProps) {
  const { ref, index, start, layout, customer, isSelected, isActive, ids, onFocus } = props
  const format = useFormat()
  const isTicked = useSelecting()?.isSelected(customer.id) ?? false
  return (
    <div
      ref={ref}
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-active={isActive || undefined}
      style={{ transform: `translateY(${start}px)`, gridTemplateColumns: layout.template }}
      className={cx(
        ROW_CLASS,
        'absolute inset-x-0 top-0 min-h-11 border-b border-line text-sm',
        isSelected || isTicked ? 'bg-selected' : isActive ? 'bg-hover' : 'bg-surface hover:bg-hover',
      )}
    >
      <NameCell
        customer={customer}
        layout={layout}
        isSelected={isSelected}
        ids={ids}
        onFocus={() => onFocus(index)}
      />
      {layout.isCompact ? (
        <span role="cell" className="text-xs text-text-faint tabular">
          {format.ago(customer.updatedAt)}
        </span>
      ) : (
        layout.columns.map((column) => <CustomerCell key={column} customer={customer} column={column} />)
      )}
    </div>
  )
}

interface NameCellProps extends Pick<CustomerRowProps, 'customer' | 'layout' | 'isSelected' | 'ids'> {
  onFocus: () => void
}

/** The link covers what is to be seen of the row; on narrow lists the second line says who it is. */
function NameCell({ customer, layout, isSelected, ids, onFocus }: NameCellProps) {
  const tenantKey = useTenantKey()
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const prefetch = () => {
    queryClient
      .query({ ...trpc.customer.byId.queryOptions({ id: customer.id }), staleTime: PREFETCH_STALE_MS })
      .catch(() => undefined)
  }
  const details = layout.isCompact ? layout.columns.flatMap((column) => textOf(customer, column) ?? []) : []
  return (
    <span role="cell" className={cx(NAME_CELL_CLASS, 'flex items-center gap-3 py-2')}>
      <SelectCustomer customer={customer} ids={ids} />
      <Avatar name={customer.name} size="sm" />
      <span className="min-w-0 flex-1">
        <Link
          to="/$tenantKey/customers/$customerId"
          params={{ tenantKey, customerId: customer.id }}
          search={(search) => search}
          preload={false}
          aria-current={isSelected ? 'page' : undefined}
          onPointerEnter={prefetch}
          onFocus={() => {
            onFocus()
            prefetch()
          }}
          className="block font-medium outline-none after:absolute after:inset-y-0 after:start-0 after:w-(--list-width) focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
        >
          <OneLine>{customer.name}</OneLine>
        </Link>
        {details.length > 0 ? (
          <OneLine className="text-xs text-text-muted">{details.slice(0, DETAILS_MAX).join(' · ')}</OneLine>
        ) : null}
      </span>
    </span>
  )
}
