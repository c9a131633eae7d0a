import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Members } from '../features/permission/members.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/members')({ component: MembersPage })

function MembersPage() {
  const t = useTranslations('permission')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('permission:read')) return <PageForbidden />
  return (
    <Page title={t('members')} place={tenant?.name}>
      <Members />
    </Page>
  )
}
