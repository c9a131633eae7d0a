import type { Conversation } from '@sarai/api'
import { beginsAtWord } from '../../lib/match-text.ts'
import type { Trigger } from './composer-trigger.ts'
import type { Suggestion } from './suggestion.ts'
import { useActText } from './use-act-text.ts'
import { useMacros } from './use-macros.ts'

const SUGGESTIONS_MAX = 8

/** Macros with a word that goes on from what is typed behind the slash. */
export function useMacroSuggestions(trigger: Trigger | null, conversation: Conversation): Suggestion[] {
  const isAsked = trigger?.kind === 'canned'
  const macros = useMacros(conversation, isAsked)
  const toText = useActText(isAsked)
  if (!isAsked || !macros.items) return []
  return macros.items
    .filter(({ name }) => beginsAtWord(name, trigger.query))
    .slice(0, SUGGESTIONS_MAX)
    .map((macro) => ({
      id: macro.id,
      label: macro.name,
      detail: macro.acts.map(toText).join(' · '),
      isMacro: true,
      text: macros.textOf(macro),
      complete: (draft) => macros.complete(macro, draft),
      onChosen: () => void macros.choose(macro),
    }))
}
