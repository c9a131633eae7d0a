import { createLazyRoute, Outlet } from '@tanstack/react-router'
import { SettingsLayout } from '../features/settings/settings-layout.tsx'

export const Route = createLazyRoute('/$tenantKey/settings')({ component: SettingsPage })

function SettingsPage() {
  return (
    <SettingsLayout>
      <Outlet />
    </SettingsLayout>
  )
}
