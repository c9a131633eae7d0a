import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Permissions } from '../features/permission/permissions.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/permissions')({ component: PermissionsPage })

function PermissionsPage() {
  const t = useTranslations('permission')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('permission:read')) return <PageForbidden />
  return (
    <Page title={t('title')} place={tenant?.name}>
      <Permissions />
    </Page>
  )
}
