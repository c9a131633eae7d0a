import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Connections } from '../features/operator/connections.tsx'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/operator/connections')({ component: ConnectionsPage })

function ConnectionsPage() {
  const t = useTranslations('operator')
  return (
    <Page title={t('connections')}>
      <div className="mx-auto max-w-6xl p-4 md:p-6">
        <Connections />
      </div>
    </Page>
  )
}
