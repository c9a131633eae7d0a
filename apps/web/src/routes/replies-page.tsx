import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { CannedReplySettings } from '../features/chat/canned-reply-settings.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/replies')({ component: RepliesPage })

function RepliesPage() {
  const t = useTranslations('chat.canned')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('chat:reply')) return <PageForbidden />
  return (
    <Page title={t('title')} place={tenant?.name}>
      <CannedReplySettings />
    </Page>
  )
}
