import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { MergeForm } from '../features/customer/merge-form.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/customers/merge')({ component: MergePage })

function MergePage() {
  const t = useTranslations('customer.duplicate')
  const trpc = useTrpc()
  const { ids = [] } = Route.useSearch()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('customer:merge')) return <PageForbidden />
  return (
    <Page title={t('mergeTitle')} place={tenant?.name}>
      <MergeForm key={ids.join()} ids={ids} />
    </Page>
  )
}
