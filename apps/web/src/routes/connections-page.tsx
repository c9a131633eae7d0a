import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/operator/connections')({ component: ConnectionsPage })

function ConnectionsPage() {
  const t = useTranslations('common')
  return <Page title={t('nav.connections')}>{null}</Page>
}
