import { AUDIT_ACTIONS } from '@sarai/api/audit/schema'
import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { toFilter } from '../features/audit/audit-filter.ts'
import { ExportButton } from '../features/audit/export-button.tsx'
import { TenantAudit } from '../features/audit/tenant-audit.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTenantKey, useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/audit')({ component: AuditPage })

function AuditPage() {
  const t = useTranslations('audit')
  const trpc = useTrpc()
  const tenantKey = useTenantKey()
  const choice = Route.useSearch()
  const navigate = Route.useNavigate()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('audit:read')) return <PageForbidden />
  const file = `/t/${tenantKey}/audit.csv`
  return (
    <Page
      title={t('title')}
      place={tenant?.name}
      actions={<ExportButton path={file} filter={toFilter(choice, AUDIT_ACTIONS)} />}
    >
      <TenantAudit choice={choice} onChoose={(search) => void navigate({ to: '.', search, replace: true })} />
    </Page>
  )
}
