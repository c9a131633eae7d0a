import type { Conversation } from '@sarai/api'
import { type KeyboardEvent, type RefObject, useId } from 'react'
import { useTranslations } from 'use-intl'
import { useChatDesk } from './chat-desk.ts'
import { SuggestionList } from './suggestion-list.tsx'
import type { DraftState } from './use-draft.ts'
import { useSuggestions } from './use-suggestions.ts'

export interface ComposerFieldProps {
  ref: RefObject<HTMLTextAreaElement | null>
  draft: DraftState
  conversation: Conversation
  onSend: () => void
}

/** What is being written, with what could complete it above. */
export function ComposerField({ ref: field, draft, conversation, onSend }: ComposerFieldProps) {
  const t = useTranslations('chat.composer')
  const { presence } = useChatDesk()
  const listId = useId()
  const suggestions = useSuggestions({ field, draft, conversation })

  function write(body: string): void {
    draft.setBody(body)
    presence.write(body === '' ? 'looking' : draft.value.private ? 'note' : 'reply')
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (suggestions.onKeyDown(event)) return
    if (event.key === 'Escape') field.current?.blur()
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || isOnScreenKeyboard())
      return
    event.preventDefault()
    // A key that is held down repeats: one press is one message.
    if (!event.repeat) onSend()
  }

  return (
    <>
      <SuggestionList id={listId} suggestions={suggestions} />
      <textarea
        ref={field}
        rows={2}
        // An empty field has no direction of its own; the placeholder has the interface's.
        {...(draft.value.body !== '' && { dir: 'auto' })}
        aria-label={t('label', { name: conversation.customerName })}
        aria-describedby="composer-hint"
        aria-invalid={draft.isTooLong || draft.unfilled.length > 0 || undefined}
        aria-autocomplete="list"
        {...(suggestions.shown.length > 0 && {
          'aria-controls': listId,
          'aria-activedescendant': `${listId}-${suggestions.index}`,
        })}
        placeholder={draft.value.private ? t('placeholderNote') : t('placeholder')}
        value={draft.value.body}
        onChange={(event) => write(event.target.value)}
        onSelect={(event) => suggestions.onCursor(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        className="field-sizing-content block max-h-60 min-h-[calc(1lh+0.875rem)] w-full resize-none bg-transparent px-3 pt-2.5 pb-1 text-base outline-none pointer-coarse:text-[1rem]"
      />
    </>
  )
}

/** On a touch keyboard there is no Shift + Enter: Enter is a new line there, and the button sends. */
function isOnScreenKeyboard(): boolean {
  return matchMedia('(pointer: coarse) and (hover: none)').matches
}
