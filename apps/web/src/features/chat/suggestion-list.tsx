import { useEffect } from 'react'
import Zap from 'lucide-react/icons/zap'
import { useTranslations } from 'use-intl'
import { announce } from '../../lib/announce.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { ListOption } from '../../ui/list-option.tsx'
import type { Suggestions } from './use-suggestions.ts'

/** Above the composer; the focus stays in the text, which says with aria-activedescendant what is marked. */
export function SuggestionList({ id, suggestions }: { id: string; suggestions: Suggestions }) {
  const t = useTranslations('chat.suggest')
  const { kind, shown, index, choose } = suggestions
  const count = shown.length
  useEffect(() => {
    if (count > 0) announce(t('count', { count }))
  }, [count, t])
  if (count === 0) return null
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t(kind === 'canned' ? 'canned' : 'members')}
      className="absolute inset-x-0 bottom-full z-20 mb-1 max-h-72 overflow-y-auto rounded-lg bg-raised p-1 shadow-popover"
    >
      {shown.map((suggestion, at) => (
        <ListOption
          key={suggestion.id}
          id={`${id}-${at}`}
          size="sm"
          isActive={at === index}
          onPick={() => choose(suggestion)}
        >
          {kind === 'canned' ? null : <Avatar name={suggestion.label} size="xs" />}
          {suggestion.isMacro ? <Zap aria-hidden className="size-4 shrink-0 text-accent-text" /> : null}
          <bdi className="shrink-0 truncate font-medium">{suggestion.label}</bdi>
          {suggestion.detail ? (
            <bdi className="min-w-0 flex-1 truncate text-text-muted match-parent">{suggestion.detail}</bdi>
          ) : null}
        </ListOption>
      ))}
    </div>
  )
}
