import { createLazyRoute, Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { followChanges } from '../lib/changes.ts'
import { TenantKeyProvider } from '../lib/trpc.ts'

export const Route = createLazyRoute('/$tenantKey')({ component: TenantPage })

function TenantPage() {
  const { tenantKey } = Route.useParams()
  useEffect(() => followChanges(tenantKey), [tenantKey])
  return (
    <TenantKeyProvider value={tenantKey}>
      <main id="main" className="h-dvh">
        <Outlet />
      </main>
    </TenantKeyProvider>
  )
}
