import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { FieldSettings } from '../features/customer/field-settings.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/fields')({ component: FieldsPage })

function FieldsPage() {
  const t = useTranslations('customer.fieldSettings')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('customer:configure')) return <PageForbidden />
  return (
    <Page title={t('title')} place={tenant?.name}>
      <FieldSettings />
    </Page>
  )
}
