import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { TeamSettings } from '../features/chat/team-settings.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/teams')({ component: TeamsPage })

function TeamsPage() {
  const t = useTranslations('team')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('chat:configure')) return <PageForbidden />
  return (
    <Page title={t('title')} place={tenant?.name}>
      <TeamSettings />
    </Page>
  )
}
