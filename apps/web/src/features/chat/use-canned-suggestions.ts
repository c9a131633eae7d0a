import type { Conversation } from '@sarai/api'
import { fillIn } from '@sarai/api/chat/schema'
import { skipToken, useQuery } from '@tanstack/react-query'
import { beginsAtWord } from '../../lib/match-text.ts'
import { useTrpc } from '../../lib/trpc.ts'
import type { Trigger } from './composer-trigger.ts'
import type { Suggestion } from './suggestion.ts'
import { usePlaceValues } from './use-place-values.ts'

const SUGGESTIONS_MAX = 8
const DETAIL_LENGTH_MAX = 120

/** Canned replies whose shortcut goes on from what is typed behind the slash, filled in with whoever is meant. */
export function useCannedSuggestions(trigger: Trigger | null, conversation: Conversation): Suggestion[] {
  const trpc = useTrpc()
  const isAsked = trigger?.kind === 'canned'
  const { data } = useQuery(trpc.chat.cannedReply.list.queryOptions(isAsked ? undefined : skipToken))
  const values = usePlaceValues(conversation, isAsked)
  if (!isAsked || !data) return []
  return data.items
    .filter(({ shortcut }) => beginsAtWord(shortcut, trigger.query))
    .slice(0, SUGGESTIONS_MAX)
    .map(({ id, shortcut, body }) => {
      const text = fillIn(body, values)
      return {
        id,
        label: `/${shortcut}`,
        detail: text.slice(0, DETAIL_LENGTH_MAX),
        text,
        complete: (draft) => draft,
      }
    })
}
