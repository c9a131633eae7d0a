import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Security } from '../features/account/security.tsx'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/security')({ component: SecurityPage })

function SecurityPage() {
  const t = useTranslations('account')
  return (
    <Page title={t('title')}>
      <Security />
    </Page>
  )
}
