import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/operator/tenants')({ component: TenantsPage })

function TenantsPage() {
  const t = useTranslations('common')
  return <Page title={t('nav.tenants')}>{null}</Page>
}
