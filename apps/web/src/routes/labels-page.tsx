import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { LabelSettings } from '../features/chat/label-settings.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/labels')({ component: LabelsPage })

function LabelsPage() {
  const t = useTranslations('label')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('chat:configure')) return <PageForbidden />
  return (
    <Page title={t('title')} place={tenant?.name}>
      <LabelSettings />
    </Page>
  )
}
