import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { findTrigger, replaceTrigger, type Trigger } from './composer-trigger.ts'
import type { Conversation } from '@sarai/api'
import type { Suggestion } from './suggestion.ts'
import { useCannedSuggestions } from './use-canned-suggestions.ts'
import type { DraftState } from './use-draft.ts'
import { useMacroSuggestions } from './use-macro-suggestions.ts'
import { useMemberSuggestions } from './use-member-suggestions.ts'

interface Options {
  field: RefObject<HTMLTextAreaElement | null>
  draft: DraftState
  conversation: Conversation
}

export interface Suggestions {
  kind: Trigger['kind'] | null
  shown: readonly Suggestion[]
  /** The one that Enter takes. */
  index: number
  choose: (suggestion: Suggestion) => void
  /** True: the key was meant for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean
  /** After each key and click in the field: where its text cursor stands. */
  onCursor: (at: number) => void
}

/** What could complete what is being typed in the composer, and the keys that choose while there is anything. */
export function useSuggestions({ field, draft, conversation }: Options): Suggestions {
  const [cursor, setCursor] = useState(0)
  const [active, setActive] = useState(0)
  /** Where a list stands that was closed with Escape. */
  const [closedAt, setClosedAt] = useState<number | null>(null)
  const moveTo = useCursorAfter(field, draft.value.body)
  const found = findTrigger(draft.value, cursor)
  if (found === null && closedAt !== null) setClosedAt(null)
  const trigger = found?.from === closedAt ? null : found
  const members = useMemberSuggestions(trigger)
  const canned = useCannedSuggestions(trigger, conversation)
  const macros = useMacroSuggestions(trigger, conversation)
  const shown = trigger?.kind === 'canned' ? [...canned, ...macros] : members
  const index = Math.min(active, Math.max(0, shown.length - 1))

  function choose(suggestion: Suggestion, at: Trigger): void {
    const { body, cursor: next } = replaceTrigger(draft.value.body, at, suggestion.text)
    moveTo(next)
    setCursor(next)
    setActive(0)
    draft.change(suggestion.complete({ ...draft.value, body }))
    field.current?.focus()
    suggestion.onChosen?.()
  }

  function onKeyDown(event: KeyboardEvent): boolean {
    const suggestion = shown[index]
    if (!trigger || !suggestion || event.nativeEvent.isComposing) return false
    if (event.key === 'ArrowDown') setActive((index + 1) % shown.length)
    else if (event.key === 'ArrowUp') setActive((index + shown.length - 1) % shown.length)
    else if (event.key === 'Escape') setClosedAt(trigger.from)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) choose(suggestion, trigger)
    else return false
    event.preventDefault()
    return true
  }

  return {
    kind: trigger?.kind ?? null,
    shown,
    index,
    choose(suggestion) {
      if (trigger) choose(suggestion, trigger)
    },
    onKeyDown,
    onCursor(at) {
      if (at === cursor) return
      setCursor(at)
      setActive(0)
    },
  }
}

/** A text that the page changes takes the cursor to its end: says where it belongs instead. */
function useCursorAfter(field: Options['field'], body: string): (cursor: number) => void {
  const after = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (after.current === null) return
    field.current?.setSelectionRange(after.current, after.current)
    after.current = null
  }, [field, body])
  return (cursor) => {
    after.current = cursor
  }
}
