import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { ProfileForm } from '../features/tenant/profile-form.tsx'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/profile')({ component: ProfilePage })

function ProfilePage() {
  const t = useTranslations('tenant')
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  return (
    <Page title={t('title')} place={tenant?.name}>
      <div className="mx-auto flex max-w-xl flex-col gap-5 p-4 md:p-6">
        <p className="text-sm text-text-muted">{t('text')}</p>
        <ProfileForm />
      </div>
    </Page>
  )
}
