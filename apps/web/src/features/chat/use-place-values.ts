import type { Conversation } from '@sarai/api'
import type { CannedVariable } from '@sarai/api/chat/schema'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useTrpc } from '../../lib/trpc.ts'
import { useChatDesk } from './chat-desk.ts'

type PlaceValues = Partial<Record<CannedVariable, string | null>>

/** What the places of canned replies and macros are filled in with; asked for once somebody wants a text. */
export function usePlaceValues(conversation: Conversation, isAsked: boolean): PlaceValues {
  const trpc = useTrpc()
  const { me, can } = useChatDesk()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions(isAsked ? undefined : skipToken))
  const mayReadCustomer = isAsked && can('customer:read')
  const { data: customer } = useQuery(
    trpc.customer.byId.queryOptions(mayReadCustomer ? { id: conversation.customerId } : skipToken),
  )
  return {
    'customer.name': conversation.customerName,
    'agent.name': me.name,
    ...(tenant && { 'tenant.name': tenant.name }),
    ...(customer && {
      'customer.company': customer.company,
      'customer.email': customer.email,
      'customer.phone': customer.phone,
    }),
  }
}
