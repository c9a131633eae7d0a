import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { TagSettings } from '../features/customer/tag-settings.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/tags')({ component: TagsPage })

function TagsPage() {
  const t = useTranslations('customer.tagSettings')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('customer:configure')) return <PageForbidden />
  return (
    <Page title={t('title')} place={tenant?.name}>
      <TagSettings />
    </Page>
  )
}
