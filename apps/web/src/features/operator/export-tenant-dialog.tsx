import { ARCHIVE_KEPT_HOURS } from '@sarai/api/operator/schema'
import { useTranslations } from 'use-intl'
import { FormDialog } from '../../ui/form-dialog.tsx'
import type { ListedTenant } from './tenant-table.tsx'
import { useTransferVerbs } from './use-transfer-verbs.ts'

interface ExportTenantDialogProps {
  tenant: Pick<ListedTenant, 'tenantKey' | 'name'>
  onClose: () => void
}

/** What will be in the archive and what not, before it is made. */
export function ExportTenantDialog({ tenant: { tenantKey, name }, onClose }: ExportTenantDialogProps) {
  const t = useTranslations('fleet.transfer')
  const { begin } = useTransferVerbs()
  return (
    <FormDialog
      title={t('exportTitle', { name })}
      submitLabel={t('exportStart')}
      isBusy={begin.isPending}
      onSubmit={() => begin.mutate({ tenantKey }, { onSettled: onClose })}
      onClose={onClose}
    >
      <ul className="flex list-disc flex-col gap-2 ps-5 text-sm text-text-muted">
        <li>{t('exportText')}</li>
        <li>{t('notInArchive')}</li>
        <li>{t('keptText', { hours: ARCHIVE_KEPT_HOURS })}</li>
      </ul>
    </FormDialog>
  )
}
