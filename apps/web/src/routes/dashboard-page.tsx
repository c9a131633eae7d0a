import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/$tenantKey/dashboard')({ component: DashboardPage })

function DashboardPage() {
  const t = useTranslations('common')
  return <Page title={t('nav.dashboard')}>{null}</Page>
}
