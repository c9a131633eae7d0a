import { createLazyRoute } from '@tanstack/react-router'
import { TenantOverview } from '../features/operator/tenant-overview.tsx'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/operator/tenants/$key')({ component: TenantOverviewPage })

function TenantOverviewPage() {
  const { key } = Route.useParams()
  return (
    <Page title={key}>
      <div className="mx-auto max-w-5xl p-4 md:p-6">
        <TenantOverview key={key} tenantKey={key} />
      </div>
    </Page>
  )
}
