import { MENTIONS_MAX } from '@sarai/api/chat/schema'
import { skipToken, useQuery } from '@tanstack/react-query'
import { beginsAtWord } from '../../lib/match-text.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useChatDesk } from './chat-desk.ts'
import { listMentioned, type Trigger } from './composer-trigger.ts'
import type { Suggestion } from './suggestion.ts'

const SUGGESTIONS_MAX = 8

/** Colleagues whose name goes on from what is typed behind the @. */
export function useMemberSuggestions(trigger: Trigger | null): Suggestion[] {
  const trpc = useTrpc()
  const { me } = useChatDesk()
  const query = trpc.chat.member.list.queryOptions(trigger?.kind === 'mention' ? undefined : skipToken)
  const { data } = useQuery(query)
  if (trigger?.kind !== 'mention' || !data) return []
  return data.items
    .filter(({ id, name }) => id !== me.id && beginsAtWord(name, trigger.query))
    .slice(0, SUGGESTIONS_MAX)
    .map(({ id, name }) => ({
      id,
      label: name,
      text: `@${name}`,
      complete: (draft) => ({
        ...draft,
        mentions: [...listMentioned(draft), { userId: id, name }].slice(-MENTIONS_MAX),
      }),
    }))
}
