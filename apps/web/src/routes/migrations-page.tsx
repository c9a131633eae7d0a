import { createLazyRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Migrations } from '../features/operator/migrations.tsx'
import { StartRolloutDialog } from '../features/operator/start-rollout-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/operator/migrations')({ component: MigrationsPage })

function MigrationsPage() {
  const t = useTranslations('fleet.rollout')
  const [isStarting, setStarting] = useState(false)
  return (
    <Page
      title={t('migrations')}
      actions={
        <Button variant="primary" onClick={() => setStarting(true)}>
          {t('migrate')}
        </Button>
      }
    >
      <div className="mx-auto max-w-5xl p-4 md:p-6">
        <Migrations />
      </div>
      <StartRolloutDialog isOpen={isStarting} onClose={() => setStarting(false)} />
    </Page>
  )
}
