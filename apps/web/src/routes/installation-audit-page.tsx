import { INSTALLATION_AUDIT_ACTIONS } from '@sarai/api/audit/schema'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { toFilter } from '../features/audit/audit-filter.ts'
import { ExportButton } from '../features/audit/export-button.tsx'
import { InstallationAudit } from '../features/audit/installation-audit.tsx'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/operator/audit')({ component: InstallationAuditPage })

function InstallationAuditPage() {
  const t = useTranslations('audit')
  const choice = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <Page
      title={t('title')}
      place={t('installation')}
      actions={
        <ExportButton path="/api/operator/audit.csv" filter={toFilter(choice, INSTALLATION_AUDIT_ACTIONS)} />
      }
    >
      <InstallationAudit
        choice={choice}
        onChoose={(search) => void navigate({ to: '.', search, replace: true })}
      />
    </Page>
  )
}
