import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useTranslations } from 'use-intl'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { useChatDesk } from './chat-desk.ts'

/** One's own messages that were to be sent and were not: said until each has been decided. */
export function HeldNotice() {
  const t = useTranslations('chat.scheduled')
  const tenantKey = useTenantKey()
  const trpc = useTrpc()
  const { can } = useChatDesk()
  const { data } = useQuery({ ...trpc.scheduled.held.queryOptions(), enabled: can('chat:reply') })
  const [first] = data?.items ?? []
  if (!first) return null
  return (
    <p className="mx-3 mb-2 flex items-center gap-2 rounded-md bg-danger-soft px-3 py-2 text-sm text-danger-text">
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 flex-1">{t('heldNotice', { count: data?.items.length ?? 0 })}</span>
      <Link
        to="/$tenantKey/chat/$conversationId"
        params={{ tenantKey, conversationId: first.conversationId }}
        search={(search) => search}
        className="font-medium underline"
      >
        {t('look')}
      </Link>
    </p>
  )
}
