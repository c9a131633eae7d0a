import { createLazyRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ImportTenantDialog } from '../features/operator/import-tenant-dialog.tsx'
import { TransferList } from '../features/operator/transfer-list.tsx'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/operator/transfers')({ component: TransfersPage })

function TransfersPage() {
  const t = useTranslations('fleet.transfer')
  const [isImporting, setImporting] = useState(false)
  return (
    <Page
      title={t('title')}
      actions={
        <Button variant="primary" onClick={() => setImporting(true)}>
          {t('import')}
        </Button>
      }
    >
      <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 md:p-6">
        <p className="text-sm text-pretty text-text-muted">{t('hint')}</p>
        <TransferList />
      </div>
      {isImporting ? <ImportTenantDialog onClose={() => setImporting(false)} /> : null}
    </Page>
  )
}
