import type { CustomerTag } from '@sarai/api'
import { TAG_NAME_LENGTH_MAX } from '@sarai/api/customer/schema'
import { useMutation, useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { ListOption } from '../../ui/list-option.tsx'
import { ColorDot } from '../../ui/tag-chip.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useCustomerCache } from './use-customer-cache.ts'

const SUGGESTIONS_MAX = 8

export interface TagInputProps {
  label: string
  /** These are not offered. */
  has: readonly Pick<CustomerTag, 'id'>[]
  onPick: (tag: CustomerTag) => void
  /** Default: true, for who may change customers. */
  mayCreate?: boolean
}

/** Suggests tags while one types, and makes the one that is not there yet: arrows move, Enter chooses. */
export function TagInput({ label, has, onPick, mayCreate = true }: TagInputProps) {
  const t = useTranslations('customer.tags')
  const listId = useId()
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const { suggestions, create } = useSuggestions(text, { has, mayCreate })
  const index = Math.min(active, suggestions.length - 1)

  function pick(suggestion: Suggestion | undefined): void {
    if (!suggestion) return
    setText('')
    setActive(0)
    if (suggestion.tag) onPick(suggestion.tag)
    else create(text.trim(), onPick)
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.nativeEvent.isComposing) return
    if (step !== undefined && suggestions.length > 0) {
      setOpen(true)
      setActive((index + step + suggestions.length) % suggestions.length)
    } else if (event.key === 'Enter' && isOpen) pick(suggestions[index])
    else if (event.key === 'Escape' && (isOpen || text !== '')) {
      setText('')
      setOpen(false)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const isListed = isOpen && suggestions.length > 0
  return (
    <div className="relative max-w-64" onBlur={() => setOpen(false)}>
      <TextField
        label={label}
        isLabelHidden
        placeholder={label}
        dir="auto"
        role="combobox"
        aria-expanded={isListed}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isListed ? `${listId}-${index}` : undefined}
        autoComplete="off"
        maxLength={TAG_NAME_LENGTH_MAX}
        value={text}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setText(event.target.value)
          setOpen(true)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      {isListed ? (
        <div
          id={listId}
          role="listbox"
          aria-label={t('suggestions')}
          className="absolute inset-x-0 top-full z-20 mt-1 max-h-64 overflow-y-auto rounded-lg bg-raised p-1 shadow-popover"
        >
          {suggestions.map((suggestion, at) => (
            <ListOption
              size="sm"
              key={suggestion.tag?.id ?? 'new'}
              id={`${listId}-${at}`}
              isActive={at === index}
              onPick={() => pick(suggestion)}
            >
              <Words suggestion={suggestion} text={text.trim()} />
            </ListOption>
          ))}
        </div>
      ) : null}
    </div>
  )
}

function Words({ suggestion: { tag }, text }: { suggestion: Suggestion; text: string }) {
  const t = useTranslations('customer.tags')
  return (
    <>
      {tag ? <ColorDot color={tag.color} /> : <Plus aria-hidden className="size-4" />}
      <bdi className="truncate">{tag ? tag.name : t('create', { tag: text })}</bdi>
    </>
  )
}

interface Suggestion {
  /** null: the one that is to be made. */
  tag: CustomerTag | null
}

function useSuggestions(
  text: string,
  { has, mayCreate }: Required<Pick<TagInputProps, 'has' | 'mayCreate'>>,
) {
  const trpc = useTrpc()
  const cache = useCustomerCache()
  const can = useCan()
  const { data } = useQuery(trpc.customer.tag.list.queryOptions())
  const created = useMutation(trpc.customer.tag.create.mutationOptions())
  const wanted = text.trim().toLocaleLowerCase()
  const tags = (data?.items ?? []).filter(({ id }) => has.every((tag) => tag.id !== id))
  const found = tags.filter(({ name }) => name.toLocaleLowerCase().includes(wanted)).slice(0, SUGGESTIONS_MAX)
  const isThere = data?.items.some(({ name }) => name.toLocaleLowerCase() === wanted) ?? true
  const suggestions: Suggestion[] = found.map((tag) => ({ tag }))
  if (mayCreate && can('customer:update') && wanted !== '' && !isThere) suggestions.push({ tag: null })
  return {
    suggestions,
    create: (name: string, onDone: (tag: CustomerTag) => void) =>
      created.mutate(
        { name },
        {
          onSuccess: (tag) => {
            void cache.queryClient.invalidateQueries(trpc.customer.tag.pathFilter())
            onDone(tag)
          },
        },
      ),
  }
}
