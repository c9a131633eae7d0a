import { createLazyRoute, Outlet } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/$tenantKey/customers')({ component: CustomersPage })

function CustomersPage() {
  const t = useTranslations('common')
  return (
    <Page title={t('nav.customers')}>
      <Outlet />
    </Page>
  )
}
