import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Roles } from '../features/permission/roles.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/roles')({ component: RolesPage })

function RolesPage() {
  const t = useTranslations('permission')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('permission:read')) return <PageForbidden />
  return (
    <Page title={t('roles')} place={tenant?.name}>
      <Roles />
    </Page>
  )
}
