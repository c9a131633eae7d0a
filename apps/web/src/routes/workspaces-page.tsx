import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/workspaces')({ component: WorkspacesPage })

function WorkspacesPage() {
  const t = useTranslations('common')
  return <Page title={t('nav.workspaces')}>{null}</Page>
}
