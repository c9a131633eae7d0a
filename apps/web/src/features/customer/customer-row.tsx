import type { Customer } from '@sarai/api'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Ref } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { formatPhone } from '../../lib/format-phone.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { OneLine } from '../../ui/one-line.tsx'
import { TagChip } from '../../ui/tag-chip.tsx'
import { COLUMN_SHOWN, CUSTOMER_GRID } from './customer-columns.ts'
import { SelectCustomer } from './select-customer.tsx'
import { useSelecting } from './selection-context.ts'

/** A card that is being pointed at is still fresh when it is opened. */
const PREFETCH_STALE_MS = 30_000
const TAGS_SHOWN_MAX = 2

export interface CustomerRowProps {
  ref: Ref<HTMLDivElement>
  index: number
  /** Pixels from the top of the list. */
  start: number
  customer: Customer
  isSelected: boolean
  isActive: boolean
  /** Of all rows that are loaded, in order. */
  ids: readonly string[]
  onFocus: (index: number) => void
}

export function CustomerRow({
  ref,
  index,
  start,
  customer,
  isSelected,
  isActive,
  ids,
  onFocus,
}: CustomerRowProps) {
  const format = useFormat()
  const isTicked = useSelecting()?.isSelected(customer.id) ?? false
  return (
    <div
      ref={ref}
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      style={{ transform: `translateY(${start}px)` }}
      className={cx(
        CUSTOMER_GRID,
        'absolute inset-x-0 top-0 min-h-11 border-b border-line text-sm',
        isSelected || isTicked ? 'bg-selected' : isActive ? 'bg-hover' : 'hover:bg-hover',
      )}
    >
      <NameCell customer={customer} isSelected={isSelected} ids={ids} onFocus={() => onFocus(index)} />
      <Cell className={COLUMN_SHOWN.company} text={customer.company} />
      <Cell
        className={COLUMN_SHOWN.phone}
        text={customer.phone === null ? null : formatPhone(customer.phone)}
        isCode
      />
      <Cell className={COLUMN_SHOWN.email} text={customer.email} isCode />
      <Cell className={COLUMN_SHOWN.city} text={customer.city} />
      <TagsCell tags={customer.tags} />
      <Cell className={COLUMN_SHOWN.createdAt} text={format.day(customer.createdAt)} />
      <span role="cell" className="text-xs text-text-faint tabular @2xl:text-sm">
        {format.ago(customer.updatedAt)}
      </span>
    </div>
  )
}

interface NameCellProps {
  customer: Customer
  isSelected: boolean
  ids: readonly string[]
  onFocus: () => void
}

/** The link covers the whole row; on narrow lists the second line says who it is. */
function NameCell({ customer, isSelected, ids, onFocus }: NameCellProps) {
  const tenantKey = useTenantKey()
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const prefetch = () => {
    queryClient
      .query({ ...trpc.customer.byId.queryOptions({ id: customer.id }), staleTime: PREFETCH_STALE_MS })
      .catch(() => undefined)
  }
  const detail = customer.company ?? (customer.phone === null ? customer.email : formatPhone(customer.phone))
  return (
    <span role="cell" className="flex min-w-0 items-center gap-3 py-2">
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
          className="block font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
        >
          <OneLine>{customer.name}</OneLine>
        </Link>
        {detail === null ? null : <OneLine className="text-xs text-text-muted @2xl:hidden">{detail}</OneLine>}
      </span>
    </span>
  )
}

/** Numbers and addresses are read from left to right in any language, but stand where the column begins. */
function Cell({
  text,
  className,
  isCode = false,
}: {
  text: string | null
  className: string
  isCode?: boolean
}) {
  return (
    <span role="cell" className={cx('min-w-0 truncate text-text-muted tabular', className)}>
      <bdi {...(isCode && { dir: 'ltr' })}>{text}</bdi>
    </span>
  )
}

function TagsCell({ tags }: Pick<Customer, 'tags'>) {
  const t = useTranslations('customer.list')
  const hidden = tags.slice(TAGS_SHOWN_MAX)
  return (
    <span role="cell" className={cx('min-w-0 items-center gap-1 overflow-hidden', COLUMN_SHOWN.tags)}>
      {tags.slice(0, TAGS_SHOWN_MAX).map((tag) => (
        <TagChip key={tag.id} name={tag.name} color={tag.color} />
      ))}
      {hidden.length > 0 ? (
        <span className="shrink-0 text-xs text-text-faint" title={hidden.map((tag) => tag.name).join(', ')}>
          {t('moreTags', { count: hidden.length })}
        </span>
      ) : null}
    </span>
  )
}
