import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { ListedTenant } from './tenant-table.tsx'
import { useTenantVerbs } from './use-tenant-verbs.ts'

interface ArchiveTenantDialogProps {
  tenant: ListedTenant
  isOpen: boolean
  onClose: () => void
}

/** Asked first: everybody is out at once, and in thirty days the data goes. */
export function ArchiveTenantDialog({ tenant, isOpen, onClose }: ArchiveTenantDialogProps) {
  const t = useTranslations('operator')
  const common = useTranslations('common')
  const { run, isBusy } = useTenantVerbs(tenant)
  return (
    <Dialog
      size="sm"
      isOpen={isOpen}
      onOpenChange={onClose}
      title={t('archiveTitle', { name: tenant.name })}
      footer={
        <>
          <Button onClick={onClose}>{common('action.cancel')}</Button>
          <Button variant="danger" isBusy={isBusy} onClick={() => run('archive', onClose)}>
            {t('archive')}
          </Button>
        </>
      }
    >
      <p className="text-sm text-text-muted">{t('archiveText')}</p>
    </Dialog>
  )
}
