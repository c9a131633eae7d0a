import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { DuplicatesList } from '../features/customer/duplicates-list.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/customers/duplicates')({ component: DuplicatesPage })

function DuplicatesPage() {
  const t = useTranslations('customer.duplicate')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('customer:merge')) return <PageForbidden />
  return (
    <Page title={t('title')} place={tenant?.name}>
      <DuplicatesList />
    </Page>
  )
}
