import { CUSTOMER_SEARCH_LENGTH_MAX } from '@sarai/api/customer/schema'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { formatPhone } from '../../lib/format-phone.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useSearchText } from '../../lib/use-search-text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { OneLine } from '../../ui/one-line.tsx'
import { TextField } from '../../ui/text-field.tsx'

const RESULTS_MAX = 8

export interface PickedCustomer {
  id: string
  name: string
}

export interface CustomerPickerProps {
  field: RefObject<HTMLInputElement | null>
  picked: PickedCustomer | null
  onPick: (customer: PickedCustomer | null) => void
  error: string | undefined
}

/** A search field with its results below: arrows move, Enter chooses. */
export function CustomerPicker({ field, picked, onPick, error }: CustomerPickerProps) {
  const t = useTranslations('chat.create')
  if (picked === null) return <Search field={field} onPick={onPick} error={error} />
  return (
    <div className="flex items-center gap-3 rounded-md border border-line bg-sunken px-3 py-2">
      <Avatar name={picked.name} size="md" />
      <p className="min-w-0 flex-1 truncate text-base font-medium">
        <bdi>{picked.name}</bdi>
      </p>
      <Button
        size="sm"
        onClick={() => {
          flushSync(() => onPick(null))
          field.current?.focus()
        }}
      >
        {t('change')}
      </Button>
      {error ? (
        <p role="alert" className="text-sm text-danger-text">
          {error}
        </p>
      ) : null}
    </div>
  )
}

function Search({ field, onPick, error }: Omit<CustomerPickerProps, 'picked'>) {
  const t = useTranslations('chat.create')
  const trpc = useTrpc()
  const listId = useId()
  const [query, setQuery] = useState('')
  const [text, setText] = useSearchText(query, setQuery)
  const [active, setActive] = useState(0)
  const { data } = useQuery({
    ...trpc.customer.list.queryOptions({
      limit: RESULTS_MAX,
      sort: '-updatedAt',
      ...(query && { search: query }),
    }),
    placeholderData: keepPreviousData,
  })
  const items = data?.items ?? []
  const index = Math.min(active, items.length - 1)

  function onKeyDown(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    const chosen = items[index]
    if (step !== undefined && items.length > 0) setActive((index + step + items.length) % items.length)
    else if (event.key === 'Enter' && chosen) onPick(chosen)
    else return
    event.preventDefault()
  }
  return (
    <div className="flex flex-col gap-2">
      <TextField
        ref={field}
        label={t('customer')}
        placeholder={t('placeholder')}
        error={error}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={items[index] ? `${listId}-${items[index].id}` : undefined}
        maxLength={CUSTOMER_SEARCH_LENGTH_MAX}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      {data && items.length === 0 ? (
        <p className="px-2 py-1 text-sm text-text-muted">{query ? t('none', { query }) : t('noneYet')}</p>
      ) : null}
      <div id={listId} role="listbox" aria-label={t('results')} className="max-h-64 overflow-y-auto">
        {items.map((customer, position) => (
          <Option
            key={customer.id}
            id={`${listId}-${customer.id}`}
            customer={customer}
            isActive={position === index}
            onPick={() => onPick(customer)}
          />
        ))}
      </div>
    </div>
  )
}

interface OptionProps {
  id: string
  customer: PickedCustomer & { phone: string | null; email: string | null }
  isActive: boolean
  onPick: () => void
}

function Option({ id, customer, isActive, onPick }: OptionProps) {
  return (
    <button
      type="button"
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' })
      }}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPick}
      className={cx(
        'flex min-h-10 w-full items-center gap-3 rounded-md px-2 py-1 text-start',
        isActive && 'bg-hover',
      )}
    >
      <Avatar name={customer.name} size="sm" />
      <OneLine className="flex-1 text-base">{customer.name}</OneLine>
      <bdi dir="ltr" className="shrink-0 truncate text-sm text-text-muted tabular">
        {customer.phone === null ? customer.email : formatPhone(customer.phone)}
      </bdi>
    </button>
  )
}
