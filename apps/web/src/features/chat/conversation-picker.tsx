import type { Conversation } from '@sarai/api'
import { CONVERSATION_SEARCH_LENGTH_MAX } from '@sarai/api/chat/schema'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { useSearchText } from '../../lib/use-search-text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { SearchList } from '../../ui/search-list.tsx'
import { ConversationText } from './survivor-choice.tsx'

interface ConversationPickerProps {
  /** With which another is wanted. */
  conversation: Conversation
  onPick: (other: Conversation) => void
}

/** The likeliest first. */
export function ConversationPicker({ conversation, onPick }: ConversationPickerProps) {
  const t = useTranslations('chat.merge')
  const trpc = useTrpc()
  const [query, setQuery] = useState('')
  const [text, setText] = useSearchText(query, setQuery)
  const { data } = useQuery({
    ...trpc.merge.candidates.queryOptions({
      conversationId: conversation.id,
      ...(query && { search: query }),
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <SearchList
      field={{
        label: t('search'),
        placeholder: t('placeholder'),
        dir: 'auto',
        maxLength: CONVERSATION_SEARCH_LENGTH_MAX,
        value: text,
      }}
      onType={setText}
      items={data?.items}
      whenNone={query ? t('none', { query }) : t('noneOfCustomer', { name: conversation.customerName })}
      label={t('results')}
      listClass="max-h-80"
      onPick={onPick}
      renderItem={(item) => (
        <>
          <Avatar name={item.customerName} size="sm" />
          <ConversationText conversation={item} />
        </>
      )}
    />
  )
}
