import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { NotificationSettingsForm } from '../features/notification/notification-settings.tsx'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/notifications')({ component: NotificationsPage })

function NotificationsPage() {
  const t = useTranslations('notification')
  return (
    <Page title={t('title')}>
      <div className="mx-auto flex max-w-2xl flex-col gap-5 p-4 md:p-6">
        <p className="text-sm text-text-muted">{t('text')}</p>
        <NotificationSettingsForm />
      </div>
    </Page>
  )
}
