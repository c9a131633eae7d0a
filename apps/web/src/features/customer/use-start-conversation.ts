import type { Customer } from '@sarai/api'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { NEW_CONVERSATION } from '../../lib/history-state.ts'
import { useShortcuts } from '../../lib/keyboard.ts'
import { useCan } from '../../lib/permissions.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { useCustomerCache } from './use-customer-cache.ts'

/** Opens a conversation with the customer and goes there. */
export function useStartConversation(customer: Customer, isPane: boolean) {
  const t = useTranslations('customer.shortcut')
  const trpc = useTrpc()
  const tenantKey = useTenantKey()
  const navigate = useNavigate()
  const can = useCan()
  const { queryClient } = useCustomerCache()
  const create = useMutation(
    trpc.chat.conversation.create.mutationOptions({
      onSuccess: async (conversation) => {
        void queryClient.invalidateQueries(trpc.chat.conversation.list.infiniteQueryFilter())
        await navigate({
          to: '/$tenantKey/chat/$conversationId',
          params: { tenantKey, conversationId: conversation.id },
          state: NEW_CONVERSATION,
        })
      },
    }),
  )
  function run(): void {
    if (!create.isPending) create.mutate({ customerId: customer.id })
  }
  useShortcuts(
    !isPane && can('chat:reply') && customer.archivedAt === null
      ? [{ id: 'customer.chat', keys: 'n', label: t('chat'), group: t('group'), run }]
      : [],
  )
  return { run, isPending: create.isPending }
}
