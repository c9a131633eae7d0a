import { createLazyRoute, useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { TenantWizard } from '../features/operator/tenant-wizard.tsx'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/operator/tenants/new')({ component: NewTenantPage })

function NewTenantPage() {
  const t = useTranslations('operator')
  const { key = '' } = Route.useSearch()
  const navigate = useNavigate()
  return (
    <Page title={t('create')}>
      <div className="mx-auto max-w-xl p-4 md:p-6">
        <TenantWizard
          tenantKey={key}
          onTenantKey={(next) =>
            void navigate({
              to: '/operator/tenants/new',
              search: next === '' ? {} : { key: next },
              replace: true,
            })
          }
        />
      </div>
    </Page>
  )
}
