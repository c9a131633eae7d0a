import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { ApiKeys } from '../features/permission/api-keys.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/keys')({ component: KeysPage })

function KeysPage() {
  const t = useTranslations('permission')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('key:manage')) return <PageForbidden />
  return (
    <Page title={t('apiKey.title')} place={tenant?.name}>
      <ApiKeys />
    </Page>
  )
}
