import type { Conversation } from '@sarai/api'
import { fillIn } from '@sarai/api/chat/schema'
import { skipToken, useQuery } from '@tanstack/react-query'
import { beginsAtWord } from '../../lib/match-text.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useChatDesk } from './chat-desk.ts'
import type { Trigger } from './composer-trigger.ts'
import type { Suggestion } from './suggestion.ts'

const SUGGESTIONS_MAX = 8
const DETAIL_LENGTH_MAX = 120

/** Canned replies whose shortcut goes on from what is typed behind the slash, filled in with whoever is meant. */
export function useCannedSuggestions(trigger: Trigger | null, conversation: Conversation): Suggestion[] {
  const trpc = useTrpc()
  const { me, can } = useChatDesk()
  const isAsked = trigger?.kind === 'canned'
  const { data } = useQuery(trpc.chat.cannedReply.list.queryOptions(isAsked ? undefined : skipToken))
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions(isAsked ? undefined : skipToken))
  const mayReadCustomer = isAsked && can('customer:read')
  const { data: customer } = useQuery(
    trpc.customer.byId.queryOptions(mayReadCustomer ? { id: conversation.customerId } : skipToken),
  )
  if (!isAsked || !data) return []
  const values = {
    'customer.name': conversation.customerName,
    'agent.name': me.name,
    ...(tenant && { 'tenant.name': tenant.name }),
    ...(customer && {
      'customer.company': customer.company,
      'customer.email': customer.email,
      'customer.phone': customer.phone,
    }),
  }
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
