import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { AssignmentSettings } from '../features/chat/assignment-settings.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/assignment')({ component: AssignmentPage })

function AssignmentPage() {
  const t = useTranslations('assignment')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('chat:configure')) return <PageForbidden />
  return (
    <Page title={t('title')} place={tenant?.name}>
      <AssignmentSettings />
    </Page>
  )
}
