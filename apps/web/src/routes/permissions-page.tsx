import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Permissions } from '../features/permission/permissions.tsx'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/permissions')({ component: PermissionsPage })

function PermissionsPage() {
  const t = useTranslations('permission')
  return (
    <Page title={t('title')}>
      <Permissions />
    </Page>
  )
}
