import type { Conversation } from '@sarai/api'
import { CONVERSATION_SEARCH_LENGTH_MAX } from '@sarai/api/chat/schema'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { useSearchText } from '../../lib/use-search-text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { TextField } from '../../ui/text-field.tsx'
import { ConversationText } from './survivor-choice.tsx'

interface ConversationPickerProps {
  /** With which another is wanted. */
  conversation: Conversation
  onPick: (other: Conversation) => void
}

/** A search field with its results below, the likeliest first: arrows move, Enter chooses. */
export function ConversationPicker({ conversation, onPick }: ConversationPickerProps) {
  const t = useTranslations('chat.merge')
  const trpc = useTrpc()
  const listId = useId()
  const [query, setQuery] = useState('')
  const [text, setText] = useSearchText(query, setQuery)
  const [active, setActive] = useState(0)
  const { data } = useQuery({
    ...trpc.merge.candidates.queryOptions({
      conversationId: conversation.id,
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
        label={t('search')}
        placeholder={t('placeholder')}
        dir="auto"
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={items[index] ? `${listId}-${items[index].id}` : undefined}
        maxLength={CONVERSATION_SEARCH_LENGTH_MAX}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      {data && items.length === 0 ? (
        <p className="px-2 py-1 text-sm text-text-muted">
          {query ? t('none', { query }) : t('noneOfCustomer', { name: conversation.customerName })}
        </p>
      ) : null}
      <div id={listId} role="listbox" aria-label={t('results')} className="max-h-80 overflow-y-auto">
        {items.map((item, position) => (
          <Option
            key={item.id}
            id={`${listId}-${item.id}`}
            item={item}
            isActive={position === index}
            onPick={() => onPick(item)}
          />
        ))}
      </div>
    </div>
  )
}

interface OptionProps {
  id: string
  item: Conversation
  isActive: boolean
  onPick: () => void
}

function Option({ id, item, isActive, onPick }: OptionProps) {
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
        'flex min-h-10 w-full items-center gap-3 rounded-md px-2 py-1.5 text-start',
        isActive ? 'bg-hover' : 'hover:bg-hover',
      )}
    >
      <Avatar name={item.customerName} size="sm" />
      <ConversationText conversation={item} />
    </button>
  )
}
