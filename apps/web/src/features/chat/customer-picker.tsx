import { CUSTOMER_SEARCH_LENGTH_MAX } from '@sarai/api/customer/schema'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type RefObject, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { formatPhone } from '../../lib/format-phone.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useSearchText } from '../../lib/use-search-text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { OneLine } from '../../ui/one-line.tsx'
import { SearchList } from '../../ui/search-list.tsx'

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

/** One is looked for, until one is chosen. */
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
  const [query, setQuery] = useState('')
  const [text, setText] = useSearchText(query, setQuery)
  const { data } = useQuery({
    ...trpc.customer.list.queryOptions({
      limit: RESULTS_MAX,
      sort: '-updatedAt',
      ...(query && { search: query }),
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <SearchList
      field={{
        ref: field,
        label: t('customer'),
        placeholder: t('placeholder'),
        error,
        maxLength: CUSTOMER_SEARCH_LENGTH_MAX,
        value: text,
      }}
      onType={setText}
      items={data?.items}
      whenNone={query ? t('none', { query }) : t('noneYet')}
      label={t('results')}
      listClass="max-h-64"
      onPick={onPick}
      renderItem={({ name, phone, email }) => (
        <>
          <Avatar name={name} size="sm" />
          <OneLine className="flex-1 text-base">{name}</OneLine>
          <bdi dir="ltr" className="shrink-0 truncate text-sm text-text-muted tabular">
            {phone === null ? email : formatPhone(phone)}
          </bdi>
        </>
      )}
    />
  )
}
