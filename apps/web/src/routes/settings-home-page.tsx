import { createLazyRoute, Navigate } from '@tanstack/react-router'
import { openSettingsPages } from '../features/settings/settings-pages.ts'
import { useCan } from '../lib/permissions.ts'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/settings/')({ component: SettingsHomePage })

/** The first page of settings that this person may see. */
function SettingsHomePage() {
  const { tenantKey } = Route.useParams()
  const [first] = openSettingsPages(useCan())
  return first ? <Navigate to={first.to} params={{ tenantKey }} replace /> : <PageForbidden />
}
