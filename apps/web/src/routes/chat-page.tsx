import { createLazyRoute, Outlet } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/$tenantKey/chat')({ component: ChatPage })

function ChatPage() {
  const t = useTranslations('common')
  return (
    <Page title={t('nav.chat')}>
      <Outlet />
    </Page>
  )
}
