import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/permissions')({ component: PermissionsPage })

function PermissionsPage() {
  const t = useTranslations('common')
  return <Page title={t('nav.permissions')}>{null}</Page>
}
