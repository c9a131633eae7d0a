import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { RuleSettings } from '../features/chat/rule-settings.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/rules')({ component: RulesPage })

function RulesPage() {
  const t = useTranslations('rule')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('chat:configure')) return <PageForbidden />
  return (
    <Page title={t('title')} place={tenant?.name}>
      <RuleSettings />
    </Page>
  )
}
