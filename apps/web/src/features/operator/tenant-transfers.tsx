import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { CloneTenantDialog } from './clone-tenant-dialog.tsx'
import { ExportTenantDialog } from './export-tenant-dialog.tsx'
import { Panel } from './panel.tsx'
import type { ListedTenant } from './tenant-table.tsx'
import { TransferList } from './transfer-list.tsx'

/** Taking a tenant out and copying it, and what was done of the kind. */
export function TenantTransfers({ tenant }: { tenant: ListedTenant }) {
  const t = useTranslations('fleet.transfer')
  const [asked, setAsked] = useState<'export' | 'clone' | null>(null)
  const isMade = tenant.status !== 'provisioning' && !tenant.isBeingDeleted
  return (
    <Panel title={t('title')} hint={t('hint')}>
      {isMade ? (
        <div className="mb-3 flex flex-wrap gap-2">
          <Button size="sm" onClick={() => setAsked('export')}>
            {t('export')}
          </Button>
          <Button size="sm" onClick={() => setAsked('clone')}>
            {t('clone')}
          </Button>
        </div>
      ) : null}
      <TransferList tenantKey={tenant.tenantKey} />
      {asked === 'export' ? <ExportTenantDialog tenant={tenant} onClose={() => setAsked(null)} /> : null}
      {asked === 'clone' ? <CloneTenantDialog tenant={tenant} onClose={() => setAsked(null)} /> : null}
    </Panel>
  )
}
