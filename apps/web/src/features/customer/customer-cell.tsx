import type { Customer } from '@sarai/api'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { formatPhone } from '../../lib/format-phone.ts'
import { cx } from '../../ui/cx.ts'
import { OneLine } from '../../ui/one-line.tsx'
import { TagChip } from '../../ui/tag-chip.tsx'
import type { Column } from './customer-columns.ts'
import { OwnValue } from './customer-details.tsx'
import { OwnerName } from './owner-name.tsx'
import { useColumnsContext } from './use-columns.ts'

const TAGS_SHOWN_MAX = 2

interface CustomerCellProps {
  customer: Customer
  column: Column
}

const TEXTS: readonly Column[] = ['phone', 'email', 'company', 'city']
const isText = (column: Column) => TEXTS.includes(column)

/** What a customer has in a column of the list. */
export function CustomerCell({ customer, column }: CustomerCellProps) {
  const format = useFormat()
  if (column === 'tags') return <TagsCell tags={customer.tags} />
  if (column === 'createdAt') return <Cell isFaint>{format.day(customer.createdAt)}</Cell>
  if (column === 'updatedAt') return <Cell isFaint>{format.ago(customer.updatedAt)}</Cell>
  if (column === 'owner') return <Cell>{customer.owner && <OwnerName owner={customer.owner} />}</Cell>
  if (isText(column)) {
    const text = textOf(customer, column)
    return <Cell>{text === null ? null : <OneLine>{text}</OneLine>}</Cell>
  }
  return <OwnCell customer={customer} column={column} />
}

function Cell({ isFaint = false, children }: { isFaint?: boolean; children: ReactNode }) {
  return (
    <span
      role="cell"
      className={cx('min-w-0 truncate tabular', isFaint ? 'text-text-faint' : 'text-text-muted')}
    >
      {children}
    </span>
  )
}

function OwnCell({ customer, column }: CustomerCellProps) {
  const { offered } = useColumnsContext()
  const field = offered.find((each) => each.column === column)?.field
  const value = customer.fields[column]
  return <Cell>{field && value !== undefined ? <OwnValue field={field} value={value} /> : null}</Cell>
}

function TagsCell({ tags }: Pick<Customer, 'tags'>) {
  const t = useTranslations('customer.list')
  const hidden = tags.slice(TAGS_SHOWN_MAX)
  return (
    <span role="cell" className="flex min-w-0 items-center gap-1 overflow-hidden">
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

/** In one line of text, for a list that is too narrow for columns; null: nothing, or what has a place of its own there. */
export function textOf(customer: Customer, column: Column): string | null {
  if (column === 'phone') return customer.phone && formatPhone(customer.phone)
  if (column === 'email' || column === 'company' || column === 'city') return customer[column]
  if (column === 'owner') return customer.owner?.name ?? null
  if (column === 'tags') return customer.tags.map(({ name }) => name).join(', ') || null
  const value = customer.fields[column]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}
